import { hash } from "node:crypto";
import type { Subtree } from "../merkle/frontier.ts";
import { hashBytes } from "../merkle/tree.ts";
import { storedLevel, subtreesBetween } from "../proof/tree-reader.ts";

/** A complete subtree and its root. */
export type SubtreeRoot = Subtree & { hash: Buffer };

/** Told of complete subtrees of 2^8 leaves and more: those that audit_nodes has. */
export type OnNode = (node: SubtreeRoot) => void;

const scratch = Buffer.alloc(1 + 2 * hashBytes, 1);

/** The roots of the complete subtrees that these leaves consist of, of which the first is at position `first`. */
export function rootsOf(leaves: Buffer, first: number, onNode: OnNode): SubtreeRoot[] {
  const end = first + leaves.length / hashBytes;
  return subtreesBetween(first, end).map((subtree) => {
    const span = 2 ** subtree.level;
    const start = (subtree.index * span - first) * hashBytes;
    return { ...subtree, hash: rootOf(leaves.subarray(start, start + span * hashBytes), subtree, onNode) };
  });
}

/** Level by level over one copy; a hash as a binary string takes a third of the time of one as a buffer. */
function rootOf(leaves: Buffer, { level: top, index }: Subtree, onNode: OnNode): Buffer {
  const row = Buffer.from(leaves);
  let count = 2 ** top;
  for (let level = 1; level <= top; level += 1) {
    count /= 2;
    for (let pair = 0; pair < count; pair += 1) {
      row.copy(scratch, 1, 2 * pair * hashBytes, (2 * pair + 2) * hashBytes);
      row.write(hash("sha256", scratch, "binary"), pair * hashBytes, "binary");
    }
    if (level < storedLevel) continue;
    for (let place = 0; place < count; place += 1) {
      const node = Buffer.from(row.subarray(place * hashBytes, (place + 1) * hashBytes));
      onNode({ level, index: index * 2 ** (top - level) + place, hash: node });
    }
  }
  return row.subarray(0, hashBytes);
}

/** A tree that grows by whole subtrees, of which the roots of its complete subtrees are kept. */
export class GrowingTree {
  readonly #roots: SubtreeRoot[];
  #size: number;

  /** @param roots of the complete subtrees up to `size`, largest first. */
  constructor(size = 0, roots: readonly SubtreeRoot[] = []) {
    this.#size = size;
    this.#roots = [...roots];
  }

  get size(): number {
    return this.#size;
  }

  /** The subtree must begin where the tree ends. */
  append(subtree: SubtreeRoot, onNode: OnNode): void {
    if (subtree.index * 2 ** subtree.level !== this.#size)
      throw new RangeError("The subtree belongs elsewhere.");
    let node = subtree;
    this.#size += 2 ** node.level;
    for (let left = this.#roots.at(-1); left?.level === node.level; left = this.#roots.at(-1)) {
      this.#roots.pop();
      node = { level: node.level + 1, index: left.index / 2, hash: joined(left.hash, node.hash) };
      if (node.level >= storedLevel) onNode(node);
    }
    this.#roots.push(node);
  }

  root(): Buffer {
    const last = this.#roots.at(-1);
    if (!last) return hash("sha256", "", "buffer");
    return this.#roots.slice(0, -1).reduceRight((right, left) => joined(left.hash, right), last.hash);
  }
}

function joined(left: Buffer, right: Buffer): Buffer {
  left.copy(scratch, 1);
  right.copy(scratch, 1 + hashBytes);
  return hash("sha256", scratch, "buffer");
}
