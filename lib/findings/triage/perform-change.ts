import { setTimeout as wait } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { triageChanges } from "#db/triage/schema.ts";
import { array } from "#lib/scans/store/merge.ts";
import { appendAudit } from "../../audit/append.ts";
import { notifyFindings } from "../notify.ts";
import { actorOf, type ChangeRow, changeSome, finishChange } from "./change-record.ts";

/** Findings changed in one transaction: few enough that no lock is held for more than a moment. */
const batchSize = 2_000;

/** How long findings that a scan holds are left alone before they are tried again. */
const patienceMs = 100;

type Step = { last: string | null; done: boolean };

/**
 * Does what is left of a change, some thousand findings at a time. Safe to repeat, and to run twice at once: what is done
 * leaves the list of what is to do in the same transaction.
 */
export async function performChange(db: Database, changeId: string, signal: AbortSignal): Promise<void> {
  let after = "";
  for (;;) {
    signal.throwIfAborted();
    const step = await db.transaction((tx) => takeBatch(tx, changeId, after));
    if (step.done) return;
    // At the end of the list, those are left that somebody else held.
    if (step.last === null) await wait(patienceMs, undefined, { signal });
    after = step.last ?? "";
  }
}

async function takeBatch(tx: Transaction, changeId: string, after: string): Promise<Step> {
  const change = await holdChange(tx, changeId);
  if (!change) return { last: null, done: true };
  const ids = await takeItems(tx, change, after);
  if (ids.length > 0) {
    const { changed, audit } = await changeSome(tx, change, ids);
    if (changed > 0) await appendAudit(tx, actorOf(change), audit);
    await notifyFindings(tx, change.organisationId, change.id);
    return { last: ids.at(-1) ?? null, done: false };
  }
  const left = await tx.execute(sql`select from triage_items where change_id = ${changeId} limit 1`);
  if (left.length > 0) return { last: null, done: false };
  await finishChange(tx, change, true);
  return { last: null, done: true };
}

/** The change, held so that a worker that was thought dead can't do the same; undefined when there is nothing to do. */
async function holdChange(tx: Transaction, changeId: string): Promise<ChangeRow | undefined> {
  const [change] = await tx
    .select()
    .from(triageChanges)
    .where(eq(triageChanges.id, changeId))
    .for("no key update");
  return change?.status === "waiting" || change?.status === "running" ? change : undefined;
}

/**
 * Takes the next findings off the list, where only those are that the asker saw, and holds them. Whatever a scan or a person holds is left for later rather than
 * waited for, so that neither ever waits for a change that waits for them.
 */
async function takeItems(tx: Transaction, change: ChangeRow, after: string): Promise<string[]> {
  const held = await tx.execute<{ id: string }>(sql`
    select f.id from triage_items i join findings f on f.id = i.finding_id
    where i.change_id = ${change.id} and i.finding_id > ${after}
    order by i.finding_id limit ${batchSize} for no key update of f skip locked
  `);
  const ids = held.map(({ id }) => id);
  if (ids.length === 0) return [];
  await tx.execute(sql`
    delete from triage_items where change_id = ${change.id} and finding_id = any(${array(ids)})
  `);
  return ids;
}
