import { createHash, hash } from "node:crypto";
import { canonicalJson } from "#lib/canonical-json.ts";
import { hashBytes } from "../merkle/tree.ts";

/** What a batch states: a row of audit_batches without what follows from it. Moments are ISO 8601 with milliseconds. */
export type BatchFields = {
  n: number;
  first: number;
  size: number;
  /** `audit_entries.id` of each entry, in order. */
  entries: readonly number[];
  /** Their leaves in one, 32 bytes each. */
  leaves: Uint8Array;
  from: string;
  to: string;
  xidFrom: string;
  xidTo: string;
  cluster: string;
  floor: number;
  sealedAt: string;
  /** `hash` of the batch before; `firstPrevious` in the first. */
  previous: Uint8Array;
  keyId: string;
};

/** What the first batch names as the one before. */
export const firstPrevious: Buffer = Buffer.alloc(hashBytes);

/** A batch as it is hashed: RFC 8785 canonical JSON. Its entries and leaves stand in it as their SHA-256, in Base64. */
export function batchHeader(batch: BatchFields): string {
  const { n, first, size, from, to, xidFrom, xidTo, cluster, floor, sealedAt, keyId } = batch;
  return canonicalJson({
    ...{ n, first, size, from, to, xidFrom, xidTo, cluster, floor, sealedAt, keyId },
    entries: hash("sha256", packIds(batch.entries), "base64"),
    leaves: createHash("sha256").update(batch.leaves).digest("base64"),
    previous: Buffer.from(batch.previous).toString("base64"),
    v: 1,
  });
}

/** The batch's hash, by which the next one names it and which its HMAC (`macOf` of ../entry.ts) is of. 32 bytes. */
export const batchHash = (batch: BatchFields): Buffer => hash("sha256", batchHeader(batch), "buffer");

/** The origin line of a trail's checkpoints: a trail is named for its first batch, so two never share a name. */
export const originOf = (firstBatchHash: Uint8Array): string =>
  `parapet/${Buffer.from(firstBatchHash).toString("hex").slice(0, 16)}`;

/** Ids as 8 bytes each, highest first. */
export function packIds(ids: readonly number[]): Buffer {
  const packed = Buffer.alloc(8 * ids.length);
  for (const [index, id] of ids.entries()) {
    const high = Math.floor(id / 2 ** 32);
    packed.writeInt32BE(high, 8 * index);
    packed.writeUInt32BE(id - high * 2 ** 32, 8 * index + 4);
  }
  return packed;
}
