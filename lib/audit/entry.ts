import { createHmac, hash, type KeyObject } from "node:crypto";
import type { AuditResult } from "#db/audit/schema.ts";

/** What an entry says. The three texts are RFC 8785 canonical JSON, and go into the entry as they stand. */
export type EntryFields = {
  entryId: string;
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  organisationId: string;
  actorKind: "user" | "system";
  actorId: string;
  actorTokenId: string | null;
  action: string;
  objectKind: string;
  objectId: string;
  result: AuditResult;
  durationMs: number | null;
  correlationId: string;
  origin: string | null;
  before: string | null;
  after: string | null;
};

/**
 * The entry as it is hashed: RFC 8785 canonical JSON, whose keys are in their order here. Every text must be well-formed
 * UTF-16, as everything is that was read from PostgreSQL.
 */
export function canonicalEntry(entry: EntryFields): string {
  const { durationMs } = entry;
  return `{"action":${quote(entry.action)},"actor":{"id":${quote(entry.actorId)},"kind":${quote(entry.actorKind)},"token":${
    entry.actorTokenId === null ? "null" : quote(entry.actorTokenId)
  }},"after":${entry.after ?? "null"},"at":${quote(entry.at)},"before":${entry.before ?? "null"},"correlation":${quote(
    entry.correlationId,
  )},"duration":${durationMs === null ? "null" : JSON.stringify(durationMs)},"id":${quote(
    entry.entryId,
  )},"object":{"id":${quote(entry.objectId)},"kind":${quote(entry.objectKind)}},"organisation":${quote(
    entry.organisationId,
  )},"origin":${entry.origin ?? "null"},"result":${quote(entry.result)},"v":1}`;
}

/** The entry's leaf in the Merkle tree: SHA-256 of 0x00 and its canonical form (RFC 9162, 2.1.1). 32 bytes. */
export const leafOf = (canonical: string): Buffer => hash("sha256", `\0${canonical}`, "buffer");

/** What proves that Parapet wrote the entry: HMAC-SHA-256 of its leaf. 32 bytes. */
export const macOf = (leaf: Uint8Array, key: KeyObject): Buffer =>
  createHmac("sha256", key).update(leaf).digest();

const plain = /^[ !#-[\]-~]*$/;
const quote = (text: string) => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
