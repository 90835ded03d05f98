import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { roles } from "#db/identity/roles.ts";
import { withoutNul } from "#db/insert-rows.ts";
import { type notificationKinds, notifications } from "#db/triage/schema.ts";
import { array } from "#lib/scans/store/merge.ts";
import { rolePermissions } from "../../auth/permissions.ts";
import { notifyFindings } from "../notify.ts";
import type { ChangeRow } from "./actor-of.ts";

type Telling = {
  organisationId: string;
  kind: (typeof notificationKinds)[number];
  /** Null for Parapet itself. */
  actorId: string | null;
  excerpt: string;
  findingId?: string | null;
  exceptionId?: string | null;
  changeId?: string | null;
  planId?: string | null;
};

/** Tells users of something, but never who caused it. */
export async function tell(tx: Transaction, userIds: Iterable<string>, telling: Telling): Promise<void> {
  const told = [...new Set(userIds)].filter((userId) => userId !== telling.actorId);
  if (told.length === 0) return;
  const excerpt = excerptOf(telling.excerpt);
  await tx.insert(notifications).values(told.map((userId) => ({ ...telling, excerpt, userId })));
}

const excerptOf = (text: string): string => {
  const line = withoutNul(text).replace(/\s+/gu, " ").trim();
  return line.length > 200 ? `${[...line].slice(0, 199).join("")}…` : line;
};

const findingsIn = (count: number): string =>
  count === 1 ? "1 finding" : `${count.toLocaleString("en")} findings`;

/** Tells whom a change concerns that has ended, once however many findings it changed, and every browser. */
export async function tellOfChange(tx: Transaction, change: ChangeRow, byJob: boolean): Promise<void> {
  const { organisationId, id: changeId, changed, matched, act } = change;
  const actorId = change.actorKind === "user" ? change.actorId : null;
  const single = changed === 1 ? await onlyFinding(tx, changeId) : null;
  const common = { organisationId, actorId };
  if (act === "assign" && typeof change.change.assigneeId === "string" && changed > 0) {
    await tell(tx, [change.change.assigneeId], {
      ...common,
      kind: "assigned",
      changeId,
      findingId: single?.id ?? null,
      excerpt: single?.reason ?? findingsIn(changed),
    });
  }
  if (act === "ask_acceptance" && changed > 0) {
    const exceptionId = String(change.change.exceptionId);
    await tell(tx, await findDeciders(tx, organisationId, exceptionId), {
      ...common,
      kind: "acceptance_asked",
      exceptionId,
      findingId: single?.id ?? null,
      excerpt: String(change.change.reason),
    });
  }
  if (byJob && actorId) {
    const excerpt =
      changed === matched
        ? `${findingsIn(changed)} changed.`
        : `${changed.toLocaleString("en")} of ${findingsIn(matched)} changed; the others were so already, or could not be.`;
    await tell(tx, [actorId], { organisationId, actorId: null, kind: "change_done", changeId, excerpt });
  }
  if (changed > 0 || byJob) await notifyFindings(tx, organisationId, single?.id ?? changeId);
}

async function onlyFinding(
  tx: Transaction,
  changeId: string,
): Promise<{ id: string; reason: string } | null> {
  const [finding] = await tx.execute<{ id: string; reason: string }>(sql`
    select f.id, f.reason from finding_activity a join findings f on f.id = a.finding_id
    where a.change_id = ${changeId} limit 1
  `);
  return finding ?? null;
}

const deciding = roles.filter((role) => rolePermissions[role].includes("risk:decide"));

/** Who may decide on an exception: by role, and because they see every account that it reaches. */
async function findDeciders(tx: Transaction, organisationId: string, exceptionId: string): Promise<string[]> {
  const users = await tx.execute<{ id: string }>(sql`
    select u.id from users u
    where u.organisation_id = ${organisationId} and u.disabled_at is null and u.role = any(${array(deciding)})
      and (u.sees_all_accounts or not exists (
        select from finding_exception_items i join findings f on f.id = i.finding_id
        where i.exception_id = ${exceptionId} and f.account_id not in (
          select account_id from user_accounts v where v.user_id = u.id)))
    order by u.id
  `);
  return users.map(({ id }) => id);
}
