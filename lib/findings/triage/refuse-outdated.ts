import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { TriageAct } from "#db/triage/schema.ts";
import { DomainError } from "../../errors.ts";
import type { HeldFinding } from "./choose.ts";

const deeds: Readonly<Record<TriageAct, string>> = {
  assign: "changed who it is assigned to",
  workflow: "changed its status",
  due: "changed its due date",
  mute: "muted it",
  unmute: "unmuted it",
  ask_acceptance: "asked for its risk to be accepted",
  accept_risk: "accepted its risk",
  revoke_acceptance: "ended the acceptance of its risk",
  expire: "ended its mute or acceptance, whose time had passed",
  undo: "undid an earlier change of it",
};

/** Throws `conflict` when the one finding that is held has changed since the caller saw it, and says who did what. */
export async function checkRevision(
  tx: Transaction,
  held: readonly HeldFinding[],
  seen: number | undefined,
): Promise<void> {
  if (seen === undefined) return;
  const [finding, ...others] = held;
  if (!finding || others.length > 0) {
    throw new DomainError("invalid_input", "Nothing was changed. revision: It goes with a single finding.", {
      fields: { revision: "It goes with a single finding." },
    });
  }
  if (finding.revision === seen) return;
  const [last] = await tx.execute<{ act: TriageAct; name: string | null }>(sql`
    select c.act, u.name from finding_activity a join triage_changes c on c.id = a.change_id
    left join users u on c.actor_kind = 'user' and u.id = c.actor_id
    where a.finding_id = ${finding.id} order by a.at desc, a.change_id desc limit 1
  `);
  const what = last ? `${last.name ?? "Parapet"} ${deeds[last.act]}` : "it was changed";
  throw new DomainError(
    "conflict",
    `Nothing was overwritten: ${what} meanwhile. Look at it again, and repeat what you meant.`,
  );
}
