import { createHash, type KeyObject } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type BundledEntry, type BundleVerification, verifyBundle } from "../proof/verify-bundle.ts";

export type ReadArchive = {
  sha256: string;
  size: number;
  /** Exactly which positions the file tells, as PostgreSQL writes ranges of whole numbers. */
  positions: string;
  verification: BundleVerification;
};

/** Reads a whole archive from the disk and verifies it with the trail's public keys. Throws when it can't be read. */
export async function readArchive(
  path: string,
  publicKeys: readonly KeyObject[],
  onEntry?: (entry: BundledEntry) => void,
): Promise<ReadArchive> {
  const hash = createHash("sha256");
  let size = 0;
  const unpacked = new PassThrough();
  const ranges: [number, number][] = [];
  const verifying = verifyBundle(unpacked, {
    publicKeys,
    onEntry: (entry) => {
      const last = ranges.at(-1);
      if (last && last[1] === entry.position) last[1] = entry.position + 1;
      else ranges.push([entry.position, entry.position + 1]);
      onEntry?.(entry);
    },
  });
  const [, verification] = await Promise.all([
    pipeline(
      createReadStream(path),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          hash.update(piece);
          size += piece.length;
          yield piece;
        }
      },
      createGunzip(),
      unpacked,
    ),
    verifying,
  ]);
  const positions = `{${ranges.map(([from, to]) => `[${from},${to})`).join(",")}}`;
  return { sha256: hash.digest("hex"), size, positions, verification };
}

/** Whether the file is there and still what was written. */
export async function isIntact(
  path: string,
  recorded: { sha256: string; size: number },
): Promise<"intact" | "missing" | "changed"> {
  try {
    if ((await stat(path)).size !== recorded.size) return "changed";
    const hash = createHash("sha256");
    for await (const piece of createReadStream(path)) hash.update(piece);
    return hash.digest("hex") === recorded.sha256 ? "intact" : "changed";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "missing";
    throw error;
  }
}
