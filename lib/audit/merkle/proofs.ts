import { hashBytes, type Leaves, nodeHash, packLeaves, rootOf, splitAt } from "./tree.ts";

/** Positions `from` up to `to`: a subtree whose hash is part of a proof. */
export type Span = { from: number; to: number };

/** The subtrees whose hashes lead from a leaf to the root of the first `size`, lowest first (PATH of RFC 9162, 2.1.3.1). */
export function inclusionSpans(position: number, size: number): Span[] {
  if (!Number.isSafeInteger(position) || position < 0 || position >= size) {
    throw new RangeError(`There is no position ${position} among ${size}.`);
  }
  const spans: Span[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitAt(to - from);
    if (position < middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  return spans.reverse();
}

/** The subtrees whose hashes prove that a tree of `size` begins with one of `oldSize` (PROOF of RFC 9162, 2.1.4.1). */
export function consistencySpans(oldSize: number, size: number): Span[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 1 || oldSize > size) {
    throw new RangeError(`A tree of ${size} does not prove one of ${oldSize}.`);
  }
  const spans: Span[] = [];
  let [from, to] = [0, size];
  while (oldSize !== to) {
    const middle = from + splitAt(to - from);
    if (oldSize <= middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  // What the old root itself is needs no telling: whoever checks has it.
  if (from > 0) spans.push({ from, to });
  return spans.reverse();
}

/** The inclusion path of one of these leaves. */
export const inclusionPath = (leaves: Leaves, position: number): Buffer[] =>
  hashesOf(leaves, (size) => inclusionSpans(position, size));

/** The proof that these leaves begin with their first `oldSize`, which must be 1 or more. */
export const consistencyProof = (leaves: Leaves, oldSize: number): Buffer[] =>
  hashesOf(leaves, (size) => consistencySpans(oldSize, size));

function hashesOf(leaves: Leaves, spansOf: (size: number) => Span[]): Buffer[] {
  const packed = packLeaves(leaves);
  return spansOf(packed.length / hashBytes).map(({ from, to }) =>
    rootOf(packed.subarray(from * hashBytes, to * hashBytes)),
  );
}

/** Whether `leaf` is the one at `position` in the tree of `size` with this root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  position: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(position)) return false;
  if (position < 0 || position >= size || !areHashes([leaf, root, ...path])) return false;
  let [node, last] = [position, size - 1];
  let computed = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      computed = nodeHash(sibling, computed);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      computed = nodeHash(computed, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && same(computed, root);
}

/** Whether the tree of `size` with `root` begins with the one of `oldSize` with `oldRoot` (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(oldSize)) return false;
  if (oldSize < 1 || oldSize > size || !areHashes([oldRoot, root, ...proof])) return false;
  if (oldSize === size) return proof.length === 0 && same(oldRoot, root);
  // A complete old tree is a node of the new one, so the proof leaves its root out.
  const [first, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  if (!first) return false;
  let [node, last] = [oldSize - 1, size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [computedOld, computed] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      computedOld = nodeHash(sibling, computedOld);
      computed = nodeHash(sibling, computed);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      computed = nodeHash(computed, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && same(computedOld, oldRoot) && same(computed, root);
}

const half = (value: number) => Math.floor(value / 2);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const areHashes = (hashes: readonly Uint8Array[]) => hashes.every((hash) => hash.length === hashBytes);

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
