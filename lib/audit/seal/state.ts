import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";
import { macOf } from "../entry.ts";
import type { AuditKeyring } from "../keys.ts";
import { completeSubtrees, Frontier } from "../merkle/frontier.ts";
import { NoteError, verifyCheckpoint } from "../note.ts";
import { keyOf, readSubtrees } from "../proof/tree-reader.ts";
import { batchAt, type SealedBatch } from "./batches.ts";
import { batchHash, firstPrevious, originOf } from "./header.ts";

/** Where the trail stands, as whoever seals next must know it. */
export type TrailState = {
  /** The last batch's number; -1 before the first. */
  n: number;
  /** The last batch's hash; `firstPrevious` before the first. */
  hash: Buffer;
  /** The origin line of its checkpoints; null before the first batch. */
  origin: string | null;
  /** Which database cluster numbered the last batch's transactions, below which they are sealed, and from which id on. */
  numbering: { cluster: string; xidTo: string; floor: number } | null;
  /** The tree of everything sealed. */
  frontier: Frontier;
  /** The newest checkpoint's size, and the key that signed it. */
  checkpoint: { size: number; keyId: string } | null;
  /** Why no checkpoint can be signed: what is stored contradicts the last one, so the trail wants verifying. */
  broken: string | null;
};

/** The state before anything is sealed. */
const emptyState = (): TrailState => ({
  ...{ n: -1, hash: firstPrevious, origin: null, numbering: null, frontier: new Frontier() },
  ...{ checkpoint: null, broken: null },
});

const hashRow = z.object({ hash: z.instanceof(Buffer) });
const headRow = hashRow.extend({
  n: z.coerce.number(),
  cluster: z.string(),
  xid_to: z.string(),
  floor: z.coerce.number(),
});

/** The last batch, as far as telling whether a state is still current takes. */
export async function readHead(db: Store): Promise<z.output<typeof headRow> | null> {
  const [row] = await db.execute(
    sql`select n, hash, cluster, xid_to::text, floor from audit_batches order by n desc limit 1`,
  );
  return row ? headRow.parse(row) : null;
}

/** The first batch's hash, which the trail is named for; null before it. */
export async function readFirstHash(db: Store): Promise<Buffer | null> {
  const [row] = await db.execute(sql`select hash from audit_batches where n = 0`);
  return row ? hashRow.parse(row).hash : null;
}

/** How many entries are sealed. */
export async function readSealedSize(db: Store): Promise<number> {
  const [row] = await db.execute(sql`select first + size as size from audit_batches order by n desc limit 1`);
  return row ? Number(row.size) : 0;
}

/**
 * Reads where the trail stands. Of what the database says, only what the last checkpoint signs and what batches since bear
 * out by their HMACs goes into the tree; where they don't, the state is `broken`.
 */
export async function loadState(db: Store, keyring: AuditKeyring): Promise<TrailState> {
  const head = await readHead(db);
  if (!head) return emptyState();
  const first = await readFirstHash(db);
  const origin = first && originOf(first);
  const { checkpoint, problem } = await readCheckpoint(db, keyring, origin);
  const faults = problem === null ? [] : [problem];
  const stored = checkpoint && (await storedFrontier(db, checkpoint));
  const frontier = stored ?? new Frontier();
  // Where a stored hash is damaged, the leaves may still lead to the checkpoint's root.
  let unproven = stored ? null : checkpoint;
  let previous: Buffer | null = null;
  for (
    let batch = await batchAt(db, frontier.size);
    batch;
    batch = await batchAt(db, batch.first + batch.size)
  ) {
    const fault = faultOf(batch, frontier.size, previous, keyring);
    if (fault) faults.push(fault);
    frontier.append(batch.leaves);
    previous = batch.hash;
    if (unproven?.size === frontier.size && frontier.root().equals(unproven.root)) unproven = null;
  }
  if (unproven) faults.push(`What is sealed does not lead to the checkpoint of ${unproven.size} entries.`);
  const { n, hash, cluster, xid_to: xidTo, floor } = head;
  if (previous && !previous.equals(hash)) faults.push(`Batch ${n} does not follow the one before.`);
  const [broken = null] = faults;
  return { n, hash, origin, numbering: { cluster, xidTo, floor }, frontier, checkpoint, broken };
}

const checkpointRow = z.object({
  size: z.coerce.number(),
  root: z.instanceof(Buffer),
  note: z.string(),
  key_id: z.string(),
});
type KnownCheckpoint = { size: number; root: Buffer; keyId: string };

async function readCheckpoint(
  db: Store,
  keyring: AuditKeyring,
  origin: string | null,
): Promise<{ checkpoint: KnownCheckpoint | null; problem: string | null }> {
  const [row] = await db.execute(
    sql`select size, root, note, key_id from audit_checkpoints order by id desc limit 1`,
  );
  if (!row) return { checkpoint: null, problem: null };
  const { note, key_id: keyId, ...stored } = checkpointRow.parse(row);
  try {
    const said = verifyCheckpoint(
      note,
      [...keyring.byId.values()].map((key) => key.public),
    );
    const same = said.size === stored.size && said.root.equals(stored.root) && said.origin === origin;
    return {
      checkpoint: { size: said.size, root: said.root, keyId },
      problem: same ? null : `The checkpoint of ${stored.size} entries is not what was signed.`,
    };
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    return {
      checkpoint: null,
      problem: `The checkpoint of ${stored.size} entries cannot be believed: ${error.message}`,
    };
  }
}

/** The tree as it was at a checkpoint, from the stored hashes; null where those don't lead to its root. */
async function storedFrontier(db: Store, { size, root }: KnownCheckpoint): Promise<Frontier | null> {
  const subtrees = completeSubtrees(0, size);
  const hashes = await readSubtrees(db, subtrees).catch(() => null);
  if (!hashes) return null;
  const roots = subtrees.flatMap((subtree) => hashes.get(keyOf(subtree)) ?? []);
  const frontier = Frontier.of(size, roots);
  return frontier.root().equals(root) ? frontier : null;
}

/** What is wrong with a batch that is to continue the tree, if anything is. */
function faultOf(
  batch: SealedBatch,
  size: number,
  previous: Buffer | null,
  keyring: AuditKeyring,
): string | null {
  const key = keyring.byId.get(batch.keyId);
  if (!key)
    return `Batch ${batch.n} was sealed under the key ${batch.keyId}, which PARAPET_AUDIT_KEYS lacks.`;
  const whole = batchHash(batch).equals(batch.hash) && macOf(batch.hash, key.mac).equals(batch.mac);
  const follows = batch.first === size && (previous === null || previous.equals(batch.previous));
  return whole && follows ? null : `Batch ${batch.n} is not what was sealed.`;
}
