import type { Transaction } from "#db/client.ts";
import { findServedOrganisation } from "#db/identity/queries.ts";
import { appendAudit } from "../audit/append.ts";
import type { SignInProblemCode } from "./oidc/problem.ts";
import type { Client } from "./open-session.ts";
import { browserAt, Scope } from "./scope.ts";

export type Refusal =
  | "wrong_password"
  | "unknown_user"
  | "disabled"
  | "not_in_sandbox_mode"
  | "in_sandbox_mode"
  | "spent_link"
  | SignInProblemCode;

/**
 * The trail's entry of a refused sign-in. What was typed is left out: it may be a password in the wrong field. Tries
 * beyond the limit are not written one by one; the entry that reached it says so.
 */
export async function recordRefusal(
  tx: Transaction,
  served: { sandbox: boolean },
  user: { id: string; organisationId: string } | null,
  refused: {
    reason: Refusal;
    client: Client;
    limitReached: boolean;
    /** Said of sign-ins by other means than a password. */
    method?: "oidc" | "link";
    /** Our own words for an administrator. */
    detail?: string | null;
  },
): Promise<void> {
  const organisationId = user?.organisationId ?? (await findServedOrganisation(tx, served))?.id;
  // Before the set-up there is no organisation, hence no trail and nobody to sign in.
  if (organisationId === undefined) return;
  const { reason, client, limitReached, method, detail } = refused;
  await appendAudit(tx, Scope.ofSystem(organisationId, "sign-in", browserAt(client.address)), {
    action: "session.refuse",
    object: { kind: "user", id: user?.id ?? "unknown" },
    result: "refused",
    after: {
      reason,
      address: client.address,
      limitReached,
      ...(method ? { method } : {}),
      ...(detail ? { detail } : {}),
    },
  });
}
