import type { Store } from "#db/client.ts";
import { keyOf, readSubtrees } from "../proof/tree-reader.ts";
import { completeSubtrees } from "./frontier.ts";
import { consistencySpans, inclusionSpans, type Span } from "./proofs.ts";
import { emptyRoot, isSubtree, nodeHash } from "./tree.ts";

/**
 * The hash of the subtree of positions `from` up to `to`, from what is stored of the tree. Throws a RangeError where that is
 * no subtree of RFC 9162, and an Error where the database lacks a part of it.
 */
export async function storedHash(db: Store, from: number, to: number): Promise<Buffer> {
  const [hash] = await storedHashes(db, [{ from, to }]);
  if (!hash) throw new RangeError(`Positions ${from} to ${to} are no subtree.`);
  return hash;
}

/** The root that the tree had when it held `size` entries. */
export const storedRoot = async (db: Store, size: number): Promise<Buffer> =>
  size === 0 ? Buffer.from(emptyRoot) : storedHash(db, 0, size);

/** The path that leads from the leaf at `position` to the root of the first `size`. */
export const storedInclusionPath = (db: Store, position: number, size: number): Promise<Buffer[]> =>
  storedHashes(db, inclusionSpans(position, size));

/** The proof that the tree of `size` begins with the one of `oldSize`, which must be 1 or more. */
export const storedConsistencyProof = (db: Store, oldSize: number, size: number): Promise<Buffer[]> =>
  storedHashes(db, consistencySpans(oldSize, size));

async function storedHashes(db: Store, spans: readonly Span[]): Promise<Buffer[]> {
  const parts = spans.map(({ from, to }) => {
    if (!isSubtree(from, to)) throw new RangeError(`Positions ${from} to ${to} are no subtree.`);
    return completeSubtrees(from, to);
  });
  const hashes = await readSubtrees(db, parts.flat());
  return parts.map((subtrees) =>
    subtrees
      .flatMap((subtree) => hashes.get(keyOf(subtree)) ?? [])
      .map((hash): Buffer => Buffer.from(hash))
      .reduceRight((right, left) => nodeHash(left, right)),
  );
}
