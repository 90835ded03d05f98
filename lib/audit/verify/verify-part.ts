import type { KeyObject } from "node:crypto";
import type postgres from "postgres";
import { hashBytes } from "../merkle/tree.ts";
import { MacCheck } from "../seal/macs.ts";
import { at, type BinaryRow, CanonicalBytes, columns } from "./canonical-bytes.ts";
import { compareNodes } from "./compare-nodes.ts";
import type { Mismatch, Part, PartResult, Shared, Unproven } from "./part.ts";
import { readBatches, type StoredBatch } from "./read-batches.ts";
import { CopyReader } from "./read-copy.ts";
import { rootsOf, type SubtreeRoot } from "./subtree-roots.ts";

/** Of each kind of finding, at most this many are told of one part. */
const most = 1_000;

/** Ids further apart than this are read by two statements, so that a late commit doesn't have all between read twice. */
const gap = 2_000;

/** Verifies parts over one connection. */
export class PartVerifier {
  readonly #sql: postgres.Sql;
  readonly #keys: ReadonlyMap<string, KeyObject> | null;
  readonly #checks: ReadonlyMap<string, MacCheck> | null;
  readonly #shared: Shared;
  readonly #canonical = new CanonicalBytes();

  /** @param keys of HMACs by id; null where only public keys are at hand. */
  constructor(sql: postgres.Sql, keys: ReadonlyMap<string, KeyObject> | null, shared: Shared) {
    this.#sql = sql;
    this.#keys = keys;
    this.#checks = keys && new Map([...keys].map(([id, key]) => [id, new MacCheck(key)]));
    this.#shared = shared;
  }

  async verify(part: Part): Promise<PartResult> {
    const batches = await readBatches(this.#sql, part.from, part.to, this.#keys);
    const result: PartResult = {
      ...{ entries: 0, faults: [], segments: [], badNodes: [], mismatches: [], unproven: [], more: 0 },
      ...{ missing: [], strays: [], runs: [], twice: [] },
      lastHash: batches.at(-1)?.hash.toString("hex") ?? null,
      firstPrevious: batches[0]?.previous.toString("hex") ?? null,
    };
    findFaults(batches, result);
    const sound = batches.filter(({ fault }) => fault !== "shape");
    await this.#foldTree(sound, part, result);
    this.#fingerprint(sound, part);
    if (part.entries) await this.#readEntries(sound, result);
    return result;
  }

  /** Only over batches that follow one another: where one is missing or misshapen, no root could be told. */
  async #foldTree(batches: readonly StoredBatch[], part: Part, result: PartResult): Promise<void> {
    const [first] = batches;
    if (!first || !batches.every((batch, index) => index === 0 || follows(batches[index - 1], batch))) return;
    const leaves = Buffer.concat(batches.map((batch) => batch.leaves));
    const end = first.first + leaves.length / hashBytes;
    const nodes: SubtreeRoot[] = [];
    let start = first.first;
    for (const to of [...part.marks.filter((mark) => mark > start && mark < end), end]) {
      const slice = leaves.subarray((start - first.first) * hashBytes, (to - first.first) * hashBytes);
      result.segments.push({ to, roots: rootsOf(slice, start, (node) => nodes.push(node)) });
      start = to;
    }
    result.badNodes = await compareNodes(this.#sql, nodes);
  }

  #fingerprint(batches: readonly StoredBatch[], part: Part): void {
    if (this.#shared.fingerprints.byteLength === 0) return;
    const fingerprints = new Float64Array(this.#shared.fingerprints);
    for (const { first, size, leaves } of batches) {
      for (let index = 0; index < size; index += 1) {
        const place = index * hashBytes;
        const high = leaves.readUInt32BE(place) & 0xfffff;
        fingerprints[first + index - part.first] = high * 2 ** 32 + leaves.readUInt32BE(place + 4) + 1;
      }
    }
  }

  async #readEntries(batches: readonly StoredBatch[], result: PartResult): Promise<void> {
    const entries = new SealedEntries(batches);
    this.#markSealed(entries, result);
    const reader = new CopyReader(columns.length, (row) => this.#compare(row, entries, result));
    for (const [lowest, highest] of runsOf(entries.ids)) {
      result.runs.push(lowest, highest);
      await this.#copy(lowest, highest, reader);
      reader.restart();
    }
    entries.addMissing(result.missing);
  }

  async #copy(lowest: number, highest: number, reader: CopyReader): Promise<void> {
    const stream = await this.#sql
      .unsafe(
        `copy (select ${columns.join(", ")} from audit_entries where id between ${lowest} and ${highest}) to stdout (format binary)`,
      )
      .readable();
    await new Promise<void>((resolve, reject) => {
      stream.on("data", (piece: Buffer) => reader.take(piece));
      stream.on("end", resolve);
      stream.on("error", reject);
    });
  }

  #compare(row: BinaryRow, entries: SealedEntries, result: PartResult): void {
    const { bytes, starts } = row;
    const idStart = starts[at.id] ?? 0;
    const id = bytes.readInt32BE(idStart) * 2 ** 32 + bytes.readUInt32BE(idStart + 4);
    const place = entries.take(id);
    if (place === undefined) {
      result.strays.push(id);
      return;
    }
    result.entries += 1;
    const leaf = this.#canonical.leafOf(row);
    const offset = place * hashBytes;
    const sealed = entries.leaves.toString("latin1", offset, offset + hashBytes);
    if (leaf !== sealed) {
      const genuine = leaf !== null && this.#whyUnproven(row, Buffer.from(leaf, "latin1"), false) === null;
      keep(result.mismatches, result, (): Mismatch => {
        const hex = (binary: string) => Buffer.from(binary, "latin1").toString("hex");
        return {
          ...{ ...entries.nameOf(place), id, entryId: textOf(row, at.entryId) ?? "", genuine },
          ...{ leaf: leaf === null ? null : hex(leaf), sealed: hex(sealed) },
        };
      });
      return;
    }
    // What was written before the trail had keys was sealed first of all.
    const mayLackMac = row.lengths[at.mac] === -1 && entries.nameOf(place).batch === 0;
    const why = this.#whyUnproven(row, entries.leaves.subarray(offset, offset + hashBytes), mayLackMac);
    if (why === null) return;
    keep(
      result.unproven,
      result,
      (): Unproven => ({
        ...{ ...entries.nameOf(place), id, entryId: textOf(row, at.entryId) ?? "", why },
        keyId: textOf(row, at.keyId),
      }),
    );
  }

  #whyUnproven(row: BinaryRow, leaf: Buffer, mayLackMac: boolean): Unproven["why"] | null {
    if (row.lengths[at.mac] === -1) {
      return mayLackMac && row.lengths[at.leaf] === -1 ? null : "no_mac";
    }
    if (!isSame(row, at.leaf, leaf)) return "leaf";
    if (!this.#checks) return null;
    const check = this.#checks.get(textOf(row, at.keyId) ?? "");
    if (!check) return "key";
    if (row.lengths[at.mac] !== hashBytes) return "mac";
    const start = row.starts[at.mac] ?? 0;
    row.bytes.copy(macScratch, 0, start, start + hashBytes);
    return check.holds(leaf, macScratch, 0) ? null : "mac";
  }

  /** Marks what these batches have, and finds ids that another has, too. */
  #markSealed(entries: SealedEntries, result: PartResult): void {
    const bits = new Int32Array(this.#shared.sealedIds);
    for (const [place, id] of entries.ids.entries()) {
      const bit = id - this.#shared.lowestId;
      // No row has such an id: all of them are gone, or the batch was made up. That the entry is missing is told as such.
      if (bit < 0 || bit >= 32 * bits.length) continue;
      const before = Atomics.or(bits, Math.floor(bit / 32), 1 << (bit % 32));
      if ((before & (1 << (bit % 32))) !== 0) result.twice.push({ id, ...entries.nameOf(place) });
    }
  }
}

const macScratch = Buffer.alloc(hashBytes);

function textOf({ bytes, starts, lengths }: BinaryRow, column: number): string | null {
  const [start = 0, length = -1] = [starts[column], lengths[column]];
  return length < 0 ? null : bytes.toString("utf8", start, start + length);
}

function isSame({ bytes, starts, lengths }: BinaryRow, column: number, expected: Buffer): boolean {
  const start = starts[column] ?? 0;
  return lengths[column] === expected.length && expected.compare(bytes, start, start + expected.length) === 0;
}

function keep<T>(list: T[], result: PartResult, make: () => T): void {
  if (list.length < most) list.push(make());
  else result.more += 1;
}

const follows = (before: StoredBatch | undefined, batch: StoredBatch) =>
  before !== undefined && before.n + 1 === batch.n && before.first + before.size === batch.first;

function findFaults(batches: readonly StoredBatch[], result: PartResult): void {
  for (const [index, batch] of batches.entries()) {
    const { n, first, size, keyId } = batch;
    const before = batches[index - 1];
    const isLinked = before === undefined || before.n + 1 !== n || before.hash.equals(batch.previous);
    const fault = batch.fault ?? (isLinked ? null : "previous");
    if (fault) result.faults.push({ n, first, size, keyId, fault });
  }
}

/** The entries that successive batches hold, by their place in the part. */
class SealedEntries {
  readonly ids: number[];
  readonly leaves: Buffer;
  readonly #batches: readonly StoredBatch[];
  /** Where each batch begins in the part. */
  readonly #starts: number[] = [];
  readonly #places: Map<number, number>;
  readonly #met: Uint8Array;

  constructor(batches: readonly StoredBatch[]) {
    this.#batches = batches;
    this.ids = batches.flatMap(({ entries }) => entries);
    this.leaves = Buffer.concat(batches.map(({ leaves }) => leaves));
    this.#places = new Map(this.ids.map((id, place) => [id, place]));
    this.#met = new Uint8Array(this.ids.length);
    let start = 0;
    for (const { size } of batches) {
      this.#starts.push(start);
      start += size;
    }
  }

  /** The place of the entry with this id, which is now known to be there. */
  take(id: number): number | undefined {
    const place = this.#places.get(id);
    if (place !== undefined) this.#met[place] = 1;
    return place;
  }

  nameOf(place: number): { position: number; batch: number } {
    const index = this.#starts.findLastIndex((start) => start <= place);
    const batch = this.#batches[index];
    return { position: (batch?.first ?? 0) + place - (this.#starts[index] ?? 0), batch: batch?.n ?? -1 };
  }

  /** Positions without a row, as from, to, from, to, … */
  addMissing(missing: number[]): void {
    let place = this.#met.indexOf(0);
    while (place >= 0) {
      const met = this.#met.indexOf(1, place);
      const end = met < 0 ? this.#met.length : met;
      this.#addRange(missing, place, end);
      place = this.#met.indexOf(0, end);
    }
  }

  /** A row that a batch names twice has one place only, so the other was not met: `twice` tells of it. */
  #addRange(missing: number[], start: number, end: number): void {
    for (let place = start; place < end; place += 1) {
      const { position } = this.nameOf(place);
      if (missing.at(-1) === position) missing[missing.length - 1] = position + 1;
      else missing.push(position, position + 1);
    }
  }
}

/** Ids as stretches that are worth one statement each. */
function runsOf(ids: readonly number[]): [number, number][] {
  const sorted = Float64Array.from(ids).sort();
  const runs: [number, number][] = [];
  for (const id of sorted) {
    const last = runs.at(-1);
    if (last && id - last[1] <= gap) last[1] = id;
    else runs.push([id, id]);
  }
  return runs;
}
