import { hash } from "node:crypto";

/** The tree of RFC 9162, 2.1, over SHA-256. Sizes and positions are whole numbers below 2^53. */
export const hashBytes = 32;

/** The root of a tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Buffer = hash("sha256", "", "buffer");

const scratch = Buffer.alloc(1 + 2 * hashBytes, 1);

/** The hash of a node: SHA-256 of 0x01 and its two children's hashes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== hashBytes || right.length !== hashBytes) throw new RangeError("A hash has 32 bytes.");
  const node = Buffer.alloc(hashBytes);
  writeNodeHash(left, right, node, 0);
  return node;
}

/** Writes the hash of a node of two hashes into `target` at `offset`. */
export function writeNodeHash(left: Uint8Array, right: Uint8Array, target: Buffer, offset: number): void {
  scratch.set(left, 1);
  scratch.set(right, 1 + hashBytes);
  // As a text of bytes: making a Buffer for each takes three times as long as the hash itself.
  target.write(hash("sha256", scratch, "binary"), offset, "binary");
}

/** Where a tree of `size` ≥ 2 leaves divides: the largest power of two below its size. */
export function splitAt(size: number): number {
  if (!Number.isSafeInteger(size) || size < 2) throw new RangeError(`A tree of ${size} does not divide.`);
  // Exact: a double's exponent is that of its leading bit, and what is a power of two divides in halves.
  const log = Math.floor(Math.log2(size));
  let power = 2 ** log;
  while (power >= size) power /= 2;
  while (power * 2 < size) power *= 2;
  return power;
}

/** Whether positions from `from` up to `to` are a whole subtree of some tree of RFC 9162: complete, or its ragged edge. */
export function isSubtree(from: number, to: number): boolean {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to <= from) return false;
  let span = 1;
  while (span < to - from) span *= 2;
  return from % span === 0;
}

/** Several leaves: one buffer each, or all in one, 32 bytes apiece. */
export type Leaves = Uint8Array | readonly Uint8Array[];

/** The leaves in one buffer. Throws a RangeError where one hasn't 32 bytes. */
export function packLeaves(leaves: Leaves): Uint8Array {
  if (leaves instanceof Uint8Array) {
    if (leaves.length % hashBytes !== 0) throw new RangeError("Leaves have 32 bytes each.");
    return leaves;
  }
  if (leaves.some((leaf) => leaf.length !== hashBytes)) throw new RangeError("Leaves have 32 bytes each.");
  return Buffer.concat(leaves);
}

/** The Merkle tree hash of leaves (MTH of RFC 9162, 2.1.1). */
export function rootOf(leaves: Leaves): Buffer {
  const packed = packLeaves(leaves);
  let count = packed.length / hashBytes;
  if (count === 0) return Buffer.from(emptyRoot);
  const row = Buffer.from(packed);
  const at = (index: number) => row.subarray(index * hashBytes, (index + 1) * hashBytes);
  // Level by level in place: a last one without a partner rises as it is, which is the RFC's ragged edge.
  while (count > 1) {
    const pairs = Math.floor(count / 2);
    for (let pair = 0; pair < pairs; pair += 1) {
      writeNodeHash(at(2 * pair), at(2 * pair + 1), row, pair * hashBytes);
    }
    if (count % 2 === 1) at(pairs).set(at(count - 1));
    count = pairs + (count % 2);
  }
  return Buffer.from(at(0));
}
