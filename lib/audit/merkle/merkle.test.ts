import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeSubtrees, Frontier } from "./frontier.ts";
import {
  consistencyProof,
  consistencySpans,
  inclusionPath,
  inclusionSpans,
  verifyConsistency,
  verifyInclusion,
} from "./proofs.ts";
import { isSubtree, nodeHash, rootOf, splitAt } from "./tree.ts";

const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The definition of RFC 9162, 2.1.1, word for word. */
function treeHash(leaves: Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return sha256("");
  if (leaves.length === 1) return only;
  let middle = 1;
  while (middle * 2 < leaves.length) middle *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, middle)), treeHash(leaves.slice(middle)));
}

const makeLeaves = (count: number) => Array.from({ length: count }, (_, index) => sha256(`leaf ${index}`));
/** The eight inputs that implementations of RFC 6962 share as test vectors. */
const known = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const knownLeaves = known.map((hex) => sha256(Buffer.of(0), Buffer.from(hex, "hex")));

describe("tree", () => {
  it("has the roots that Certificate Transparency's test vectors have", () => {
    const roots = [0, 1, 2, 3, 8].map((size) => rootOf(knownLeaves.slice(0, size)).toString("hex"));
    expect(roots).toEqual([
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]);
  });

  it("agrees with the RFC's definition at every size, packed or not", () => {
    for (let size = 0; size < 70; size += 1) {
      const leaves = makeLeaves(size);
      expect([rootOf(leaves), rootOf(Buffer.concat(leaves))]).toEqual([treeHash(leaves), treeHash(leaves)]);
    }
  });

  it("divides at the largest power of two below the size, however large", () => {
    const sizes = [2, 3, 4, 5, 8, 9, 2 ** 32, 2 ** 32 + 1, 2 ** 52, 2 ** 53 - 1];
    expect(sizes.map(splitAt)).toEqual([1, 2, 2, 4, 4, 8, 2 ** 31, 2 ** 32, 2 ** 51, 2 ** 52]);
    for (const size of [-1, 0, 1, 1.5, 2 ** 53]) expect(() => splitAt(size)).toThrow(RangeError);
  });

  it("refuses hashes of another length", () => {
    expect(() => nodeHash(Buffer.alloc(31), Buffer.alloc(32))).toThrow(RangeError);
    expect(() => rootOf(Buffer.alloc(33))).toThrow(RangeError);
    expect(() => rootOf([Buffer.alloc(32), Buffer.alloc(31)])).toThrow(RangeError);
  });

  it("knows what is a subtree of some tree", () => {
    const spans: [number, number][] = [
      [0, 1],
      [0, 7],
      [8, 12],
      [8, 16],
      [4, 7],
      [2, 5],
      [3, 5],
      [4, 4],
      [-8, 0],
    ];
    expect(spans.map(([from, to]) => isSubtree(from, to))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("frontier", () => {
  it("has the tree's root after appends of any sizes, and tells each complete subtree once", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (sizes) => {
        const leaves = makeLeaves(sizes.reduce((sum, size) => sum + size, 0));
        const frontier = new Frontier();
        const nodes = new Map<string, string>();
        let size = 0;
        for (const count of sizes) {
          frontier.append(leaves.slice(size, size + count), (level, index, hash) => {
            expect(nodes.has(`${level}/${index}`)).toBe(false);
            nodes.set(`${level}/${index}`, hash.toString("hex"));
          });
          size += count;
          expect({ size: frontier.size, root: frontier.root() }).toEqual({
            size,
            root: treeHash(leaves.slice(0, size)),
          });
        }
        const expected = new Map<string, string>();
        for (let level = 1; 2 ** level <= size; level += 1) {
          for (let index = 0; (index + 1) * 2 ** level <= size; index += 1) {
            const part = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
            expected.set(`${level}/${index}`, treeHash(part).toString("hex"));
          }
        }
        expect(new Map([...nodes].sort())).toEqual(new Map([...expected].sort()));
      }),
      { numRuns: 60 },
    );
  });

  it("goes on from the roots of its complete subtrees; a clone goes its own way", () => {
    const leaves = makeLeaves(45);
    const roots = completeSubtrees(0, 45).map(({ level, index }) =>
      treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
    );
    const frontier = Frontier.of(45, roots);
    const clone = frontier.clone();
    clone.append(makeLeaves(60).slice(45));
    expect([frontier.root(), clone.root(), clone.size]).toEqual([
      treeHash(leaves),
      treeHash(makeLeaves(60)),
      60,
    ]);
    expect(() => Frontier.of(44, roots)).toThrow(RangeError);
  });

  it("knows the complete subtrees of a ragged one, and refuses what is none", () => {
    expect(completeSubtrees(8, 15)).toEqual([
      { level: 2, index: 2 },
      { level: 1, index: 6 },
      { level: 0, index: 14 },
    ]);
    expect(() => completeSubtrees(3, 7)).toThrow(RangeError);
  });
});

describe("proofs", () => {
  const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 31, 33];

  it("prove every leaf of every size, at its own position alone", () => {
    for (const size of sizes) {
      const leaves = makeLeaves(size);
      const root = rootOf(leaves);
      for (const [position, leaf] of leaves.entries()) {
        const path = inclusionPath(leaves, position);
        expect(verifyInclusion(leaf, position, size, path, root)).toBe(true);
        for (let other = 0; other < size + 2; other += 1) {
          if (other !== position) expect(verifyInclusion(leaf, other, size, path, root)).toBe(false);
        }
        expect(verifyInclusion(leaf, position, size, [...path, root], root)).toBe(false);
        if (path.length > 0) {
          expect(verifyInclusion(leaf, position, size, path.slice(0, -1), root)).toBe(false);
          const bent = path.map((hash, index) => (index === 0 ? sha256(hash) : hash));
          expect(verifyInclusion(leaf, position, size, bent, root)).toBe(false);
        }
        expect(verifyInclusion(sha256(leaf), position, size, path, root)).toBe(false);
      }
    }
  });

  it("prove every older size, and no other tree", () => {
    for (const size of sizes) {
      const leaves = makeLeaves(size);
      const root = rootOf(leaves);
      for (let old = 1; old <= size; old += 1) {
        const oldRoot = rootOf(leaves.slice(0, old));
        const proof = consistencyProof(leaves, old);
        expect(verifyConsistency(old, oldRoot, size, root, proof)).toBe(true);
        expect(verifyConsistency(old, sha256(oldRoot), size, root, proof)).toBe(false);
        expect(verifyConsistency(old, oldRoot, size, sha256(root), proof)).toBe(false);
        expect(verifyConsistency(old, oldRoot, size, root, [...proof, root])).toBe(false);
        if (proof.length > 0) {
          expect(verifyConsistency(old, oldRoot, size, root, proof.slice(0, -1))).toBe(false);
          expect(verifyConsistency(old, oldRoot, size, root, proof.slice(1))).toBe(false);
        }
        if (old > 1) expect(verifyConsistency(old - 1, oldRoot, size, root, proof)).toBe(false);
      }
    }
  });

  it("has the shape of the RFC's example of seven leaves", () => {
    expect([inclusionSpans(0, 7), inclusionSpans(3, 7), inclusionSpans(4, 7), inclusionSpans(6, 7)]).toEqual([
      [
        { from: 1, to: 2 },
        { from: 2, to: 4 },
        { from: 4, to: 7 },
      ],
      [
        { from: 2, to: 3 },
        { from: 0, to: 2 },
        { from: 4, to: 7 },
      ],
      [
        { from: 5, to: 6 },
        { from: 6, to: 7 },
        { from: 0, to: 4 },
      ],
      [
        { from: 4, to: 6 },
        { from: 0, to: 4 },
      ],
    ]);
    expect([consistencySpans(3, 7), consistencySpans(4, 7), consistencySpans(6, 7)]).toEqual([
      [
        { from: 2, to: 3 },
        { from: 3, to: 4 },
        { from: 0, to: 2 },
        { from: 4, to: 7 },
      ],
      [{ from: 4, to: 7 }],
      [
        { from: 4, to: 6 },
        { from: 6, to: 7 },
        { from: 0, to: 4 },
      ],
    ]);
  });

  it("are refused where there can be none", () => {
    expect(() => inclusionSpans(7, 7)).toThrow(RangeError);
    expect(() => consistencySpans(0, 7)).toThrow(RangeError);
    expect(() => consistencySpans(8, 7)).toThrow(RangeError);
    expect(verifyConsistency(0, rootOf([]), 3, rootOf(makeLeaves(3)), [])).toBe(false);
    expect(verifyInclusion(Buffer.alloc(31), 0, 1, [], Buffer.alloc(31))).toBe(false);
  });
});
