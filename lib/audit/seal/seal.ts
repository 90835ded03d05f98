import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { macOf } from "../entry.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";
import { storedLevel } from "../proof/tree-reader.ts";
import { batchHash, originOf } from "./header.ts";
import { type PendingEntries, readPending } from "./pending.ts";
import { loadState, readHead, type TrailState } from "./state.ts";

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

/** Entries in the trail that Parapet did not write: their HMAC is not theirs, or lacking. */
export type ForeignEntries = { batch: number; positions: number[] };

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

/** How long writers may be kept waiting by the moment at which another cluster takes over the numbering. */
const writersWait = "500ms";

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

/** What a batch came to, and the trail with it. */
type Sealed = { state: TrailState; size: number; foreign: ForeignEntries | null };

const held = z.object({ held: z.boolean(), cluster: z.string() });

/**
 * Runs `act` in a transaction as the only one who seals, with the trail's state. What is remembered is what was committed,
 * and nothing when that is in doubt.
 */
async function withTrail(
  db: Database,
  memory: SealMemory,
  keyring: AuditKeyring,
  act: (tx: Transaction, state: TrailState, cluster: string) => Promise<Sealed[]>,
): Promise<{ held: false } | { held: true; state: TrailState; batches: Sealed[] }> {
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
): Promise<Sealed[]> {
  const { numbering } = state;
  if (!numbering) return [];
  const where = sql`xid >= ${numbering.xidTo}::xid8 and xid < ${await readHorizon(tx)}::xid8
    and id > ${numbering.floor}`;
  const sealed: Sealed[] = [];
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

/**
 * Seals what there is by id, when the transactions of the entries not sealed yet were numbered by another cluster (the
 * database was dumped and restored), or nobody knows by which: at the first time. For the moment nobody else writes, so all
 * that comes after has higher ids.
 */
async function takeOver(
  tx: Transaction,
  state: TrailState,
  cluster: string,
  keyring: AuditKeyring,
  batchSize: number,
): Promise<Sealed[]> {
  const { unsealed, above } = await describeUnsealed(tx, state);
  // What takes a look at everything is done while others may still write.
  const [known] = await tx.execute(sql`
    select least(min(id), ${above}::bigint + 1)::text as lowest, ${
      state.n < 0
        ? sql`(select count(*) from audit_entries
            where id <= (select max(id) from audit_entries where mac is null and leaf is null))`
        : sql`0`
    } as unsigned
    from audit_entries where ${unsealed} having count(*) > 0`);
  if (!known) return [];
  const { lowest, unsigned } = unsealedRow.parse(known);
  await tx.execute(sql`select set_config('lock_timeout', ${writersWait}, true)`);
  await tx.execute(sql`select audit_keep_writers_out()`);
  const [row] = await tx.execute(sql`
    select last_value as floor, pg_snapshot_xmin(pg_current_snapshot())::text as xid_to from audit_entries_id_seq`);
  const { floor, xid_to: xidTo } = numberingRow.parse(row);
  const rows = {
    where: sql`id between ${lowest}::bigint and ${floor} and ${unsealed}`,
    ...{ by: "id" as const, limit: batchSize, most: Number.POSITIVE_INFINITY },
    // What was written before the trail had keys is all in the first batch, where alone it is allowed.
    unsigned,
  };
  const sealed: Sealed[] = [];
  for await (const pending of readPending(tx, rows, keyring)) {
    const bounds = { cluster, floor, xidFrom: "0", xidTo };
    sealed.push(await writeBatch(tx, sealed.at(-1)?.state ?? state, pending, bounds, keyring));
  }
  return sealed;
}

const unsealedRow = z.object({ lowest: z.string(), unsigned: z.coerce.number() });
const numberingRow = z.object({ floor: z.coerce.number(), xid_to: z.string() });

/**
 * The entries that no batch holds, when their transactions' numbers can be those of the cluster before. What is being written
 * at this moment comes to have ids above `above`.
 */
async function describeUnsealed(tx: Transaction, { numbering }: TrailState) {
  if (!numbering) return { unsealed: sql`true`, above: "-1" };
  const [row] = await tx.execute(
    sql`select max(id) as highest from audit_batches, unnest(entries) as each(id)`,
  );
  const { highest: above } = z.object({ highest: z.string() }).parse(row);
  const unsealed = sql`(id > ${above}::bigint or (xid >= ${numbering.xidTo}::xid8 and id > ${numbering.floor}))`;
  return { unsealed, above };
}

type Bounds = { cluster: string; floor: number; xidFrom: string; xidTo: string };

async function writeBatch(
  tx: Transaction,
  state: TrailState,
  { ids, leaves, from, to, foreign }: PendingEntries,
  { cluster, floor, xidFrom, xidTo }: Bounds,
  keyring: AuditKeyring,
): Promise<Sealed> {
  const { first: key } = keyring;
  const { size: first } = state.frontier;
  const batch = {
    ...{ n: state.n + 1, first, size: ids.length, entries: ids, leaves, from, to },
    ...{
      xidFrom,
      xidTo,
      cluster,
      floor,
      sealedAt: new Date().toISOString(),
      previous: state.hash,
      keyId: key.id,
    },
  };
  const hash = batchHash(batch);
  await tx.execute(sql`
    insert into audit_batches (n, first, size, entries, leaves, "from", "to", xid_from, xid_to, cluster, floor, sealed_at,
      previous, hash, mac, key_id)
    values (${batch.n}, ${first}, ${batch.size}, ${`{${ids.join(",")}}`}::bigint[], ${leaves}, ${from}::timestamptz,
      ${to}::timestamptz, ${xidFrom}::xid8, ${xidTo}::xid8, ${cluster}, ${floor}, ${batch.sealedAt}::timestamptz,
      ${state.hash}, ${hash}, ${macOf(hash, key.mac)}, ${key.id})`);
  // The old state stays as it was, in case this transaction is not committed.
  const frontier = state.frontier.clone();
  const nodes: { level: number; index: number; hash: Buffer }[] = [];
  frontier.append(leaves, (level, index, node) => {
    if (level >= storedLevel) nodes.push({ level, index, hash: Buffer.from(node) });
  });
  if (nodes.length > 0) {
    await tx.execute(sql`
      insert into audit_nodes (level, index, hash)
      select level, index, substring(${Buffer.concat(nodes.map((node) => node.hash))}::bytea from (32 * place - 31)::int for 32)
      from unnest(${`{${nodes.map((node) => node.level).join(",")}}`}::smallint[],
        ${`{${nodes.map((node) => node.index).join(",")}}`}::bigint[]) with ordinality as each(level, index, place)`);
  }
  const origin = state.origin ?? originOf(hash);
  const numbering = { cluster, xidTo, floor };
  return {
    state: { ...state, n: batch.n, hash, origin, numbering, frontier },
    size: batch.size,
    foreign: foreign.length > 0 ? { batch: batch.n, positions: foreign.map((place) => first + place) } : null,
  };
}
