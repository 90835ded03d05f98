import { setTimeout as wait } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { triageChanges } from "#db/triage/schema.ts";
import { array } from "#lib/scans/store/merge.ts";
import { appendAudit } from "../../audit/append.ts";
import { notifyFindings } from "../notify.ts";
import { actorOf, type ChangeRow } from "./actor-of.ts";
import { changeSome, finishChange } from "./change-record.ts";

/** Findings changed in one transaction: few enough that no lock is held for more than a moment. */
const batchSize = 2_000;

/** How long findings that a scan or a person holds are left alone before they are tried again. */
const patienceMs = 100;

/** From either end of the list towards the other: a change costs the database's processor more than waiting. */
const lanes = ["up", "down"] as const;
type Lane = (typeof lanes)[number];

type Step = "done" | "nothing" | { last: string };

/**
 * Does what is left of a change, some thousand findings at a time. Safe to repeat, and to run twice at once: what is done
 * leaves the list of what is to do in the same transaction.
 */
export async function performChange(db: Database, changeId: string, signal: AbortSignal): Promise<void> {
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const walks = lanes.map((lane) =>
    walk(db, changeId, lane, either).catch((error: unknown) => {
      failing.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(walks);
  signal.throwIfAborted();
  failing.signal.throwIfAborted();
}

async function walk(db: Database, changeId: string, lane: Lane, signal: AbortSignal): Promise<void> {
  let last: string | null = null;
  for (;;) {
    signal.throwIfAborted();
    const from: string | null = last;
    const step: Step = await db.transaction((tx) => takeBatch(tx, changeId, lane, from));
    if (step === "done") return;
    // At the end of the list, those are left that somebody else holds.
    if (step === "nothing") await wait(patienceMs, undefined, { signal });
    last = step === "nothing" ? null : step.last;
  }
}

async function takeBatch(tx: Transaction, changeId: string, lane: Lane, last: string | null): Promise<Step> {
  const [change] = await tx.select().from(triageChanges).where(eq(triageChanges.id, changeId));
  if (!change || !isUnderWay(change)) return "done";
  const { ids, end } = await takeItems(tx, changeId, lane, last);
  if (end === undefined) return finishIfEmpty(tx, changeId);
  if (ids.length > 0) {
    const { changed, audit } = await changeSome(tx, change, ids);
    if (changed > 0) await appendAudit(tx, actorOf(change), audit);
    await notifyFindings(tx, change.organisationId, changeId);
  }
  return { last: end };
}

const isUnderWay = ({ status }: ChangeRow): boolean => status === "waiting" || status === "running";

/**
 * Takes the next findings off the list, where only those are that the asker saw, and holds them. Whatever a scan or a
 * person holds is left for later rather than waited for, so that neither ever waits for a change that waits for them.
 */
async function takeItems(
  tx: Transaction,
  changeId: string,
  lane: Lane,
  last: string | null,
): Promise<{ ids: string[]; end: string | undefined }> {
  const [beyond, order] = lane === "up" ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const held = await tx.execute<{ id: string }>(sql`
    select f.id from triage_items i join findings f on f.id = i.finding_id
    where i.change_id = ${changeId} and ${last === null ? sql`true` : sql`i.finding_id ${beyond} ${last}`}
    order by i.finding_id ${order} limit ${batchSize} for no key update of f skip locked
  `);
  if (held.length === 0) return { ids: [], end: undefined };
  // Another worker may have done and let go of some between the beginning of the look and the hold.
  const taken = await tx.execute<{ id: string }>(sql`
    delete from triage_items
    where change_id = ${changeId} and finding_id = any(${array(held.map(({ id }) => id))}) returning finding_id as id
  `);
  return { ids: taken.map(({ id }) => id), end: held.at(-1)?.id };
}

/** Ends a change that nothing is left of, once; what others are just doing is left until they have done it. */
async function finishIfEmpty(tx: Transaction, changeId: string): Promise<Step> {
  const [change] = await tx
    .select()
    .from(triageChanges)
    .where(eq(triageChanges.id, changeId))
    .for("no key update");
  if (!change || !isUnderWay(change)) return "done";
  const left = await tx.execute(sql`select from triage_items where change_id = ${changeId} limit 1`);
  if (left.length > 0) return "nothing";
  await finishChange(tx, change, true);
  return "done";
}
