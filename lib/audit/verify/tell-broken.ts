import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import { organisations, users } from "#db/identity/schema.ts";
import { rolePermissions } from "../../auth/permissions.ts";
import { Scope } from "../../auth/scope.ts";
import { notifyFindings } from "../../findings/notify.ts";
import { tell } from "../../findings/triage/tell.ts";
import { appendAudit } from "../append.ts";
import type { Problem } from "./problem.ts";

/**
 * Tells every organisation that the trail isn't what was sealed: by an entry, which alerts go by, and whoever may take the
 * trail away with them by a notification.
 */
export async function tellBroken(
  tx: Transaction,
  verificationId: string,
  problems: number,
  fresh: readonly Problem[],
): Promise<void> {
  const [first] = fresh;
  if (!first) return;
  const told = await tx
    .select({ id: users.id, organisationId: users.organisationId })
    .from(users)
    .where(and(inArray(users.role, readers), eq(users.seesAllAccounts, true), isNull(users.disabledAt)));
  for (const { id } of await tx.select({ id: organisations.id }).from(organisations)) {
    await appendAudit(tx, Scope.ofSystem(id, "audit-verifier"), {
      action: "audit.broken",
      object: { kind: "audit_verification", id: verificationId },
      result: "failed",
      after: { problems, kind: first.kind, position: first.position ?? null, entry: first.entryId ?? null },
    });
    const people = told.filter(({ organisationId }) => organisationId === id);
    await tell(
      tx,
      people.map((person) => person.id),
      { organisationId: id, actorId: null, kind: "trail_broken", excerpt: first.detail },
    );
    await notifyFindings(tx, id, verificationId);
  }
}

/** Auditors and administrators, of those who see every account: nobody else may read the trail. */
const readers = roles.filter((role) => rolePermissions[role].includes("audit:export"));
