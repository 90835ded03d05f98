import type { KeyObject } from "node:crypto";
import type postgres from "postgres";
import { hashBytes } from "../merkle/tree.ts";
import { MacCheck } from "../seal/macs.ts";
import { at, type BinaryRow, CanonicalBytes, columns } from "./canonical-bytes.ts";
import type { Problem } from "./problem.ts";
import { pairsOf, type Ranges } from "./ranges.ts";
import { CopyReader } from "./read-copy.ts";
import type { Numbering } from "./survey.ts";

export type StraySearch = {
  /** Ids that no part has read, to be read whole. */
  unread: Ranges;
  /** Ids that were met, and that no batch seems to have. */
  met: readonly number[];
  isSealed(id: number): boolean;
  numbering: Numbering | null;
  highestSealedId: number;
  /** By id; null where HMACs can't be checked. */
  keys: ReadonlyMap<string, KeyObject> | null;
};

/** A row that no batch has, and what is wrong with it. */
type Stray = {
  id: number;
  entryId: string;
  leaf: string | null;
  isPending: boolean;
  fault: "mac" | "content" | "key" | null;
};

const most = 1_000;

/** Rows that no batch has: those that wait to be sealed are as they should be, anything else is named. */
export async function judgeStrays(
  sql: postgres.Sql,
  search: StraySearch,
): Promise<{ problems: Problem[]; pending: number; strays: number }> {
  const strays: Stray[] = [];
  let pending = 0;
  const checks = search.keys && new Map([...search.keys].map(([id, key]) => [id, new MacCheck(key)]));
  const canonical = new CanonicalBytes();
  const reader = new CopyReader(columns.length, (row) => {
    const stray = judge(row, search, canonical, checks);
    if (!stray) return;
    if (stray.isPending) pending += 1;
    if ((!stray.isPending || stray.fault) && strays.length < most) strays.push(stray);
  });
  const met = search.met.filter((id) => !search.isSealed(id));
  const conditions = [
    ...pairsOf(search.unread).map(stretch),
    ...chunksOf(met, 5_000).map((ids) => `id in (${ids.join(",")})`),
  ];
  for (const condition of conditions) {
    reader.restart();
    const stream = await sql
      .unsafe(
        `copy (select ${columns.join(", ")} from audit_entries where ${condition}) to stdout (format binary)`,
      )
      .readable();
    await new Promise<void>((resolve, reject) => {
      stream.on("data", (piece: Buffer) => reader.take(piece));
      stream.on("end", resolve);
      stream.on("error", reject);
    });
  }
  const confirmed = await withoutSealed(sql, strays);
  const problems: Problem[] = [];
  for (const stray of confirmed) problems.push(await name(sql, stray));
  return { problems, pending, strays: confirmed.filter(({ isPending }) => !isPending).length };
}

function judge(
  row: BinaryRow,
  { numbering, highestSealedId, isSealed }: StraySearch,
  canonical: CanonicalBytes,
  checks: ReadonlyMap<string, MacCheck> | null,
): Stray | null {
  const { bytes, starts, lengths } = row;
  const id = wholeAt(bytes, starts[at.id] ?? 0);
  if (isSealed(id)) return null;
  const xid = bytes.readBigUInt64BE(starts[at.xid] ?? 0);
  const isNewer = numbering === null || (xid >= numbering.xidTo && id > numbering.floor);
  const isPending = isNewer || (numbering !== null && !numbering.isCurrent && id > highestSealedId);
  const leaf = canonical.leafOf(row);
  const textAt = (column: number) => {
    const [start = 0, length = -1] = [starts[column], lengths[column]];
    return length < 0 ? null : bytes.toString("utf8", start, start + length);
  };
  const stray = { id, entryId: textAt(at.entryId) ?? "", leaf, isPending };
  const [leafStart = 0, macStart = 0] = [starts[at.leaf], starts[at.mac]];
  if (lengths[at.mac] === -1 && lengths[at.leaf] === -1 && numbering === null)
    return { ...stray, fault: null };
  if (lengths[at.mac] !== hashBytes || lengths[at.leaf] !== hashBytes) return { ...stray, fault: "mac" };
  const check = checks?.get(textAt(at.keyId) ?? "");
  const both = Buffer.concat([
    bytes.subarray(leafStart, leafStart + hashBytes),
    bytes.subarray(macStart, macStart + hashBytes),
  ]);
  if (checks && !check) return { ...stray, fault: "key" };
  if (check && !check.holds(both.subarray(0, hashBytes), both.subarray(hashBytes), 0))
    return { ...stray, fault: "mac" };
  return { ...stray, fault: both.toString("latin1", 0, hashBytes) === leaf ? null : "content" };
}

/** Without an end where it reaches as far as numbers do: ids in the database go further. */
function stretch([from, to]: [number, number]): string {
  const lower = from === Number.MIN_SAFE_INTEGER ? "true" : `id >= ${from}`;
  return to === Number.MAX_SAFE_INTEGER ? lower : `${lower} and id < ${to}`;
}

const wholeAt = (bytes: Buffer, start: number) =>
  bytes.readInt32BE(start) * 2 ** 32 + bytes.readUInt32BE(start + 4);

/** What was sealed while the rest was verified has a batch by now. */
async function withoutSealed(sql: postgres.Sql, strays: readonly Stray[]): Promise<Stray[]> {
  if (strays.length === 0) return [];
  const sealed = await sql<{ id: string }[]>`
    select distinct each.id from audit_batches, unnest(entries) as each(id)
    where each.id = any(${strays.map(({ id }) => id)}::bigint[])`;
  const ids = new Set(sealed.map(({ id }) => Number(id)));
  return strays.filter(({ id, fault }) => !ids.has(id) || (fault !== null && fault !== "key"));
}

async function name(sql: postgres.Sql, { id, entryId, leaf, isPending, fault }: Stray): Promise<Problem> {
  const of = { of: `row ${id}`, ...(entryId === "" ? {} : { entryId }) };
  if (fault === "key") {
    return {
      kind: "key_missing",
      ...of,
      detail: "An entry that isn't sealed was written under a key that PARAPET_AUDIT_KEYS lacks.",
    };
  }
  if (fault === "content") {
    return {
      kind: "changed",
      ...of,
      detail: "An entry was changed before it was sealed: it isn't what its own HMAC is of.",
    };
  }
  if (fault === "mac") {
    return {
      kind: "inserted",
      ...of,
      detail: "Parapet didn't write this entry, which isn't sealed: it has no HMAC of any key of the trail.",
    };
  }
  const original = leaf === null ? null : await findLeaf(sql, Buffer.from(leaf, "latin1"));
  if (original !== null) {
    return {
      kind: "inserted",
      ...of,
      detail: `This row, which isn't sealed, is a copy of the entry at position ${original}.`,
    };
  }
  const detail = isPending
    ? "An entry waits to be sealed."
    : "Parapet wrote this entry, but the number of its transaction, or the batch that held it, was tampered with: it isn't sealed.";
  return { kind: "unsealed", ...of, detail };
}

/** Where a leaf was sealed; null where it wasn't. */
export async function findLeaf(sql: postgres.Sql, leaf: Buffer): Promise<number | null> {
  const [found] = await sql<{ position: string }[]>`
    select first + (position(${leaf}::bytea in leaves) - 1) / 32 as position from audit_batches
    where position(${leaf}::bytea in leaves) % 32 = 1 order by n limit 1`;
  return found ? Number(found.position) : null;
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
