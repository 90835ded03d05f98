import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { triageChanges } from "#db/triage/schema.ts";
import { severities } from "#lib/checks/model.ts";
import type { AuditRecord } from "../../audit/append.ts";
import type { Scope } from "../../auth/scope.ts";
import type { ChangeResult } from "../change-input.ts";
import type { ChangeRow } from "./actor-of.ts";
import { applyDeed } from "./apply.ts";
import { deedOf, StoredChange } from "./deeds.ts";
import { settleExceptions } from "./settle.ts";
import { tellOfChange } from "./tell.ts";

type Begun = {
  id?: string;
  status: "waiting" | "running";
  matched: number;
  filter?: Record<string, unknown>;
  undoes?: string;
};

/** Writes down that a change begins; what it does to findings comes afterwards. */
export async function beginChange(
  tx: Transaction,
  scope: Pick<Scope, "organisationId" | "actor" | "accountIds" | "correlationId">,
  stored: StoredChange,
  { id = newId("chg"), status, matched, filter, undoes }: Begun,
): Promise<ChangeRow> {
  const { act, ...change } = stored;
  const { organisationId, actor, accountIds, correlationId } = scope;
  const [row] = await tx
    .insert(triageChanges)
    .values({
      ...{ id, organisationId, act, change, matched, status, correlationId },
      filter: filter ?? null,
      actorKind: actor.kind,
      actorId: actor.id,
      accountIds: accountIds && [...accountIds],
      undoes: undoes ?? null,
    })
    .returning();
  if (!row) throw new Error("The change was not written.");
  return row;
}

/** What a stored change does; throws for one of another version that nobody can do any more. */
export const readStored = (change: ChangeRow): StoredChange =>
  StoredChange.parse({ ...change.change, act: change.act });

/**
 * Does a change to some of its findings, whose rows the caller holds, and counts them. Returns the entry for the trail,
 * which the caller appends.
 */
export async function changeSome(
  tx: Transaction,
  change: ChangeRow,
  findingIds: readonly string[],
): Promise<{ changed: number; audit: AuditRecord }> {
  const stored = readStored(change);
  const deed = deedOf(stored);
  const { changed, alike, severities: bySeverity } = await applyDeed(tx, change, deed, findingIds);
  await tx.execute(sql`
    update triage_changes set status = 'running', changed = changed + ${changed},
      skipped = skipped + ${findingIds.length - changed} where id = ${change.id}
  `);
  if (deed.itemsOf && changed > 0) await countItems(tx, deed.itemsOf, bySeverity);
  const { act, ...set } = stored;
  return {
    changed,
    audit: {
      action: `finding.${act}`,
      object: { kind: "triage_change", id: change.id },
      before: { findings: alike.map(({ before, findings }) => ({ ...before, findings })) },
      after: { act, change: set, findings: alike.flatMap(({ findings }) => findings).sort() },
    },
  };
}

async function countItems(
  tx: Transaction,
  exceptionId: string,
  bySeverity: Record<string, number>,
): Promise<void> {
  const added = JSON.stringify(bySeverity);
  await tx.execute(sql`
    update finding_exceptions e set findings = (
      select jsonb_object_agg(s, coalesce((e.findings ->> s)::int, 0) + coalesce((${added}::jsonb ->> s)::int, 0))
      from unnest(array[${sql.join(
        severities.map((severity) => sql`${severity}`),
        sql`, `,
      )}]::text[]) s)
    where id = ${exceptionId}
  `);
}

/**
 * Ends a change of which nothing is left to do: settles the exceptions it touched, tells whom it concerns. Findings that
 * were gone before their turn count as skipped.
 */
export async function finishChange(
  tx: Transaction,
  change: ChangeRow,
  byJob: boolean,
): Promise<ChangeResult> {
  const [done] = await tx
    .update(triageChanges)
    .set({
      status: "done",
      finishedAt: sql`now()`,
      skipped: sql`${triageChanges.matched} - ${triageChanges.changed}`,
    })
    .where(eq(triageChanges.id, change.id))
    .returning();
  if (!done) throw new Error("The change is gone.");
  await settleExceptions(tx, done);
  await tellOfChange(tx, done, byJob);
  return resultOf(done);
}

export const resultOf = ({ id, status, matched, changed, skipped }: ChangeRow): ChangeResult => ({
  changeId: id,
  status,
  matched,
  changed,
  skipped,
});
