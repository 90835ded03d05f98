import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";
import type { Subtree } from "../merkle/frontier.ts";
import { hashBytes, rootOf } from "../merkle/tree.ts";

/** From this level up the hashes of complete subtrees are stored. */
export const storedLevel = 8;
const blockSize = 2 ** storedLevel;

/**
 * The hashes of complete subtrees, many at once: from audit_nodes, and below those from the leaves that batches hold.
 * Keyed by `keyOf`. Throws where the database lacks one: then the trail wants verifying.
 */
export async function readSubtrees(
  db: Store,
  subtrees: readonly Subtree[],
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  await readNodes(
    db,
    subtrees.filter(({ level }) => level >= storedLevel),
    found,
  );
  await readFromLeaves(
    db,
    subtrees.filter(({ level }) => level < storedLevel),
    found,
  );
  const missing = subtrees.find((subtree) => !found.has(keyOf(subtree)));
  if (missing) {
    const first = missing.index * 2 ** missing.level;
    throw new Error(
      `The audit trail lacks hashes of positions ${first} to ${first + 2 ** missing.level - 1}: verify it.`,
    );
  }
  return found;
}

export const keyOf = ({ level, index }: Subtree): string => `${level}/${index}`;

const nodeRow = z.object({
  level: z.coerce.number(),
  index: z.coerce.number(),
  hash: z.instanceof(Uint8Array),
});

async function readNodes(db: Store, subtrees: readonly Subtree[], found: Map<string, Uint8Array>) {
  for (let at = 0; at < subtrees.length; at += 10_000) {
    const some = subtrees.slice(at, at + 10_000);
    const list = (pick: (subtree: Subtree) => number) => `{${some.map(pick).join(",")}}`;
    const rows = await db.execute(sql`
      select level, index, hash from audit_nodes
      where (level, index) in (
        select * from unnest(${list(({ level }) => level)}::smallint[], ${list(({ index }) => index)}::bigint[]))`);
    for (const row of rows) {
      const { level, index, hash } = nodeRow.parse(row);
      found.set(keyOf({ level, index }), hash);
    }
  }
}

const piece = z.object({
  block: z.coerce.number(),
  at: z.coerce.number(),
  leaves: z.instanceof(Uint8Array),
});

async function readFromLeaves(db: Store, subtrees: readonly Subtree[], found: Map<string, Uint8Array>) {
  const byBlock = new Map<number, Subtree[]>();
  for (const subtree of subtrees) {
    const block = Math.floor((subtree.index * 2 ** subtree.level) / blockSize);
    const others = byBlock.get(block);
    if (others) others.push(subtree);
    else byBlock.set(block, [subtree]);
  }
  const blocks = [...byBlock.keys()];
  for (let at = 0; at < blocks.length; at += 256) {
    const some = blocks.slice(at, at + 256);
    const leaves = new Map(some.map((block) => [block, Buffer.alloc(blockSize * hashBytes)]));
    // Which of them are there: a block at the end of the trail is not full.
    const there = new Map(some.map((block) => [block, new Uint8Array(blockSize)]));
    // Leaves aren't packed, so PostgreSQL reads only the slice asked for.
    const rows = await db.execute(sql`
      with spans as (select block, block * ${blockSize}::bigint as opens, (block + 1) * ${blockSize}::bigint as ends
        from unnest(${`{${some.join(",")}}`}::bigint[]) block)
      select block, greatest(first, opens) - opens as at,
        substring(leaves from (greatest(opens - first, 0) * 32 + 1)::int
          for ((least(first + size, ends) - greatest(first, opens)) * 32)::int) as leaves
      from spans, lateral (
        select first, size, leaves from audit_batches
        where first < ends and first >= coalesce((select max(first) from audit_batches where first <= opens), 0)
      ) batches
      where first + size > opens`);
    for (const row of rows) {
      const { block, at: offset, leaves: slice } = piece.parse(row);
      leaves.get(block)?.set(slice, offset * hashBytes);
      there.get(block)?.fill(1, offset, offset + slice.length / hashBytes);
    }
    for (const [block, packed] of leaves) {
      for (const subtree of byBlock.get(block) ?? []) {
        const span = 2 ** subtree.level;
        const start = subtree.index * span - block * blockSize;
        const places = there.get(block)?.subarray(start, start + span);
        if (places?.includes(0)) continue;
        found.set(keyOf(subtree), rootOf(packed.subarray(start * hashBytes, (start + span) * hashBytes)));
      }
    }
  }
}

/**
 * The complete subtrees that positions from one up to another consist of, whichever those are: each as large as its place
 * allows.
 */
export function subtreesBetween(from: number, to: number): Subtree[] {
  const found: Subtree[] = [];
  let start = from;
  while (start < to) {
    let level = 0;
    while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= to) level += 1;
    found.push({ level, index: start / 2 ** level });
    start += 2 ** level;
  }
  return found;
}
