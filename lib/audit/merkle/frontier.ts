import { emptyRoot, hashBytes, type Leaves, nodeHash, packLeaves, writeNodeHash } from "./tree.ts";

/** Told of each complete subtree of two leaves or more, once, as it is completed: leaves `index * 2^level` and on. `hash` is only lent. */
export type OnNode = (level: number, index: number, hash: Buffer) => void;

/** Subtrees that a tree below 2^53 leaves has on its right edge at most. */
const deepest = 53;

/**
 * A growing tree of which only the right edge is kept: the roots of its complete subtrees, largest first, one for each bit
 * of its size.
 */
export class Frontier {
  #size = 0;
  /** How many roots there are, and the roots, 32 bytes each; one place more for the leaf that is being added. */
  #count = 0;
  readonly #roots: Buffer = Buffer.alloc((deepest + 1) * hashBytes);

  /** The frontier of a tree whose complete subtrees, largest first, have these roots (see `completeSubtrees`). */
  static of(size: number, roots: readonly Uint8Array[]): Frontier {
    if (
      roots.length !== completeSubtrees(0, size).length ||
      roots.some((root) => root.length !== hashBytes)
    ) {
      throw new RangeError(`These are not the roots of a tree of ${size}.`);
    }
    const frontier = new Frontier();
    frontier.#size = size;
    frontier.#count = roots.length;
    for (const [index, root] of roots.entries()) frontier.#roots.set(root, index * hashBytes);
    return frontier;
  }

  get size(): number {
    return this.#size;
  }

  clone(): Frontier {
    const copy = new Frontier();
    copy.#size = this.#size;
    copy.#count = this.#count;
    copy.#roots.set(this.#roots);
    return copy;
  }

  append(leaves: Leaves, onNode?: OnNode): void {
    const packed = packLeaves(leaves);
    if (!Number.isSafeInteger(this.#size + packed.length / hashBytes))
      throw new RangeError("The tree is full.");
    for (let offset = 0; offset < packed.length; offset += hashBytes) {
      this.#roots.set(packed.subarray(offset, offset + hashBytes), this.#count * hashBytes);
      let index = this.#size;
      // As in adding one to a binary number: each bit set is a subtree that this one completes.
      for (let level = 1; index % 2 === 1; level += 1) {
        this.#count -= 1;
        const start = this.#count * hashBytes;
        writeNodeHash(this.#at(this.#count), this.#at(this.#count + 1), this.#roots, start);
        index = (index - 1) / 2;
        onNode?.(level, index, this.#at(this.#count));
      }
      this.#count += 1;
      this.#size += 1;
    }
  }

  /** The root of the whole tree. */
  root(): Buffer {
    if (this.#count === 0) return Buffer.from(emptyRoot);
    let root: Buffer = Buffer.from(this.#at(this.#count - 1));
    for (let index = this.#count - 2; index >= 0; index -= 1) root = nodeHash(this.#at(index), root);
    return root;
  }

  #at(index: number): Buffer {
    return this.#roots.subarray(index * hashBytes, (index + 1) * hashBytes);
  }
}

/** A complete subtree: the 2^level leaves from `index * 2^level`. */
export type Subtree = { level: number; index: number };

/**
 * The complete subtrees that positions `from` up to `to` consist of, in order. `from` must be a multiple of the largest
 * power of two up to `to - from`, as it is in every subtree of RFC 9162.
 */
export function completeSubtrees(from: number, to: number): Subtree[] {
  const found: Subtree[] = [];
  let start = from;
  for (let level = 52; level >= 0; level -= 1) {
    const span = 2 ** level;
    if (to - start < span) continue;
    if (start % span !== 0) throw new RangeError(`Positions ${from} to ${to} are no subtree.`);
    found.push({ level, index: start / span });
    start += span;
  }
  return found;
}
