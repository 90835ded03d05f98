import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";
import { readPending } from "./pending.ts";
import { loadState, readHead, type TrailState } from "./state.ts";
import { takeOver } from "./take-over.ts";
import { type ForeignEntries, type SealedStep, writeBatch } from "./write-batch.ts";

/** What one who seals again and again remembers between two times, so that it needn't read it anew. */
export type SealMemory = { state: TrailState | null };

export type SealOptions = {
  keyring?: AuditKeyring;
  memory?: SealMemory;
  /** Entries in a batch, more only where one transaction wrote more; 20,000 when left out. */
  batchSize?: number;
  /** Stops between two batches. */
  signal?: AbortSignal;
};

export type SealOutcome = {
  /** False when another process is sealing, or a writer is in the way of taking over: nothing was done then. */
  held: boolean;
  batches: number;
  entries: number;
  foreign: ForeignEntries[];
  /** Why what is sealed cannot be signed; null when it can. */
  broken: string | null;
};

/** One number for all processes: only one seals at a time. */
export const sealingLock = 7_224_011_801;

/** Batches in one transaction at most. */
const atOnce = 10;

/**
 * Seals everything that can be: entries of transactions below the oldest one running, in order of transaction and id.
 */
export async function sealPending(db: Database, options: SealOptions = {}): Promise<SealOutcome> {
  const { keyring = auditKeyring(), memory = { state: null }, batchSize = 20_000, signal } = options;
  const outcome: SealOutcome = { held: true, batches: 0, entries: 0, foreign: [], broken: null };
  for (;;) {
    const sealed = await withTrail(db, memory, keyring, (tx, state, cluster) =>
      state.numbering?.cluster === cluster
        ? sealNext(tx, state, keyring, batchSize)
        : takeOver(tx, state, cluster, keyring, batchSize),
    );
    if (!sealed.held) return { ...outcome, held: outcome.batches > 0 };
    const { batches, state } = sealed;
    outcome.batches += batches.length;
    outcome.entries += batches.reduce((sum, { size }) => sum + size, 0);
    outcome.foreign.push(...batches.flatMap(({ foreign }) => foreign ?? []));
    outcome.broken = state.broken;
    if (signal?.aborted || (batches.at(-1)?.size ?? 0) < batchSize) return outcome;
  }
}

const held = z.object({ held: z.boolean(), cluster: z.string() });

/**
 * Runs `act` in a transaction as the only one who seals, with the trail's state. What is remembered is what was committed,
 * and nothing when that is in doubt.
 */
async function withTrail(
  db: Database,
  memory: SealMemory,
  keyring: AuditKeyring,
  act: (tx: Transaction, state: TrailState, cluster: string) => Promise<SealedStep[]>,
): Promise<{ held: false } | { held: true; state: TrailState; batches: SealedStep[] }> {
  const known = memory.state;
  memory.state = null;
  try {
    const result = await db.transaction(async (tx) => {
      const trail = await holdTrail(tx, known, keyring);
      if (!trail) return { held: false as const };
      const batches = await act(tx, trail.state, trail.cluster);
      return { held: true as const, state: batches.at(-1)?.state ?? trail.state, batches };
    });
    memory.state = result.held ? result.state : known;
    return result;
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    // A writer is in the middle of something: it goes first, and the next time may be the time.
    return { held: false };
  }
}

const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && (("code" in error && error.code === "55P03") || isLockTimeout(error.cause));

/** Takes the place of the one who seals until the transaction ends; null when another has it. */
export async function holdTrail(
  tx: Transaction,
  known: TrailState | null,
  keyring: AuditKeyring,
): Promise<{ state: TrailState; cluster: string } | null> {
  const [row] = await tx.execute(sql`
    select pg_try_advisory_xact_lock(${sealingLock}::bigint) as held,
      (select system_identifier::text from pg_control_system()) as cluster`);
  const lock = held.parse(row);
  if (!lock.held) return null;
  const head = await readHead(tx);
  // Another process may have sealed since, or the database may be another one altogether.
  const current = known !== null && (head ? head.hash.equals(known.hash) : known.n < 0);
  return { state: current ? known : await loadState(tx, keyring), cluster: lock.cluster };
}

async function sealNext(
  tx: Transaction,
  state: TrailState,
  keyring: AuditKeyring,
  limit: number,
): Promise<SealedStep[]> {
  const { numbering } = state;
  if (!numbering) return [];
  const where = sql`xid >= ${numbering.xidTo}::xid8 and xid < ${await readHorizon(tx)}::xid8
    and id > ${numbering.floor}`;
  const sealed: SealedStep[] = [];
  for await (const pending of readPending(tx, { where, by: "transaction", limit, most: atOnce }, keyring)) {
    const xidTo = (BigInt(pending.xids.highest) + 1n).toString();
    const bounds = { ...numbering, xidFrom: pending.xids.lowest, xidTo };
    sealed.push(await writeBatch(tx, sealed.at(-1)?.state ?? state, pending, bounds, keyring));
  }
  return sealed;
}

/**
 * Below which number no transaction can write here any more: that of the oldest one running, and of those of which no session
 * of another database on the server is known to run them. What they wrote is there for every statement after this one.
 */
async function readHorizon(tx: Transaction): Promise<string> {
  const [row] = await tx.execute(sql`
    with now as materialized (select pg_current_snapshot() as snapshot)
    select coalesce(
      (select min(running) from pg_snapshot_xip((select snapshot from now)) as running
        where not exists (
          select from pg_stat_activity a where a.backend_xid = running::xid
            and a.datid <> (select oid from pg_database where datname = current_database()))),
      (select pg_snapshot_xmax(snapshot) from now))::text as horizon`);
  return z.object({ horizon: z.string() }).parse(row).horizon;
}
