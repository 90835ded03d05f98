import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "#lib/canonical-json.ts";
import { canonicalEntry, type EntryFields, leafOf } from "../entry.ts";
import { type BinaryRow, CanonicalBytes } from "./canonical-bytes.ts";
import { CopyReader } from "./read-copy.ts";

/** The entry as PostgreSQL would send it. */
function rowOf(entry: EntryFields, change: Readonly<Record<number, Buffer | null>> = {}): Buffer {
  const moment = Buffer.alloc(8);
  moment.writeBigInt64BE(BigInt(Date.parse(entry.at) - Date.UTC(2000, 0, 1)) * 1_000n);
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(entry.durationMs ?? 0);
  const values: (string | Buffer | null)[] = [
    ...[entry.action, entry.actorId, entry.actorKind, entry.actorTokenId, entry.after, moment, entry.before],
    ...[entry.correlationId, entry.durationMs === null ? null : duration, entry.entryId, entry.objectId],
    ...[entry.objectKind, entry.organisationId, entry.origin, entry.result],
  ];
  const parts = values.map((value, index) => {
    const bytes = index in change ? change[index] : value === null ? null : Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes ? bytes.length : -1);
    return bytes ? Buffer.concat([length, bytes]) : length;
  });
  return Buffer.concat([Buffer.of(0, values.length), ...parts]);
}

const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const trailer = Buffer.of(0xff, 0xff);

/** Leaves of rows that come in pieces of this size. */
function leavesOf(rows: readonly Buffer[], pieceSize: number): (string | null)[] {
  const canonical = new CanonicalBytes();
  const leaves: (string | null)[] = [];
  const reader = new CopyReader(15, (row: BinaryRow) => leaves.push(canonical.leafOf(row)));
  const bytes = Buffer.concat([header, ...rows, trailer]);
  for (let start = 0; start < bytes.length; start += pieceSize)
    reader.take(bytes.subarray(start, start + pieceSize));
  return leaves;
}

const text = fc
  .string({ unit: "binary", maxLength: 40 })
  .map((each) => each.replaceAll("\0", "").toWellFormed());
const json = fc
  .option(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text))))
  .map((value) => (value ? canonicalJson(value) : null));
const entries = fc.record<EntryFields>({
  ...{ entryId: text, organisationId: text, actorId: text, action: text, objectKind: text, objectId: text },
  at: fc
    .date({ min: new Date("1990-01-01"), max: new Date("2200-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  ...{ actorKind: fc.constantFrom("user", "system"), actorTokenId: fc.option(text), correlationId: text },
  result: fc.constantFrom("done", "refused", "failed"),
  durationMs: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  ...{ origin: json, before: json, after: json },
});

const entry: EntryFields = {
  ...{ entryId: "ent_1", at: "2026-11-21T10:00:00.000Z", organisationId: "org_1", actorKind: "user" },
  ...{ actorId: "usr_1", actorTokenId: null, action: "scan.start", objectKind: "scan", objectId: "scn_1" },
  ...{ result: "done", durationMs: 1.5, correlationId: "c", origin: null, before: null, after: null },
};

describe("the canonical entry from a row's bytes", () => {
  it("is the same as from its fields, in whatever pieces it comes", () => {
    fc.assert(
      fc.property(
        fc.array(entries, { maxLength: 4 }),
        fc.integer({ min: 1, max: 3_000 }),
        (all, pieceSize) => {
          const expected = all.map((each) => leafOf(canonicalEntry(each)).toString("latin1"));
          expect(
            leavesOf(
              all.map((each) => rowOf(each)),
              pieceSize,
            ),
          ).toEqual(expected);
        },
      ),
    );
  });

  const moment = (microseconds: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(microseconds);
    return bytes;
  };
  it.each([
    ["a required column is null", { 0: null }],
    ["a moment lies between two milliseconds", { 5: moment(1n) }],
    ["a moment lies at infinity", { 5: moment(2n ** 63n - 1n) }],
    ["a JSON column closes early and goes on as the columns after it", { 4: Buffer.from('{"a":1},"at":{}') }],
    ["a JSON column holds no object", { 6: Buffer.from("null") }],
    ["a JSON column is empty", { 6: Buffer.alloc(0) }],
    ["a JSON column never closes", { 6: Buffer.from('{"a":"}') }],
  ])("is none where %s", (_, change) => {
    expect(leavesOf([rowOf(entry, change)], 1_000)).toEqual([null]);
  });
});
