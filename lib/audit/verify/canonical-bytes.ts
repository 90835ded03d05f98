import { hash } from "node:crypto";

/**
 * A row as PostgreSQL sends it in binary: where each of its columns begins in `bytes` and how long it is (−1 for null), in
 * the order of `columns`.
 */
export type BinaryRow = { bytes: Buffer; starts: Int32Array; lengths: Int32Array };

/** What is read of each row, in this order: first what is proven, as the canonical entry has it. */
export const columns = [
  ...["action", "actor_id", "actor_kind", "actor_token_id", "after", "at", "before", "correlation_id"],
  ...["duration_ms", "entry_id", "object_id", "object_kind", "organisation_id", "origin", "result"],
  ...["leaf", "mac", "key_id", "id", "xid"],
] as const;

/** Columns by their place in `columns`. */
export const at = { entryId: 9, leaf: 15, mac: 16, keyId: 17, id: 18, xid: 19 } as const;

const text = 0;
const json = 1;
const moment = 2;
const duration = 3;

/** The canonical entry (`canonicalEntry` of ../entry.ts) as literals, each followed by a column, and `}` after the last. */
const layout: readonly (readonly [literal: Buffer, kind: number])[] = (
  [
    ['{"action":', text],
    [',"actor":{"id":', text],
    [',"kind":', text],
    [',"token":', text],
    ['},"after":', json],
    [',"at":', moment],
    [',"before":', json],
    [',"correlation":', text],
    [',"duration":', duration],
    [',"id":', text],
    [',"object":{"id":', text],
    [',"kind":', text],
    ['},"organisation":', text],
    [',"origin":', json],
    [',"result":', text],
  ] as const
).map(([literal, kind]) => [Buffer.from(literal), kind]);
const ending = Buffer.from(',"v":1}');
const nothing = Buffer.from("null");
/** Columns that an entry always has. */
const isRequired = layout.map((_, index) => ![3, 4, 6, 8, 13].includes(index));

/** 2000-01-01, from which PostgreSQL counts microseconds, in milliseconds. */
const epoch = Date.UTC(2000, 0, 1);
const dayMs = 86_400_000;

/**
 * Puts a row's canonical entry together from the bytes that PostgreSQL sent, a tenth of what it takes by way of strings. A
 * test holds it against `canonicalEntry`.
 */
export class CanonicalBytes {
  #out = Buffer.alloc(65_536);
  #end = 0;
  /** The day written last, counted from 1970, and how it is written: entries of a day stand together. */
  #day = Number.NaN;
  #date = Buffer.alloc(0);

  /**
   * The row's leaf, a byte in each character (`binary`), which takes half the time of a buffer; null where a column holds
   * what no entry of Parapet's says, however the rest would hash.
   */
  leafOf(row: BinaryRow): string | null {
    this.#out[0] = 0;
    this.#end = 1;
    for (let index = 0; index < layout.length; index += 1) {
      const part = layout[index];
      const start = row.starts[index] ?? 0;
      const length = row.lengths[index] ?? -1;
      if (!part) return null;
      this.#reserve(part[0].length + 2 * Math.max(length, 0) + 64);
      this.#copy(part[0], 0, part[0].length);
      if (length < 0) {
        if (isRequired[index]) return null;
        this.#copy(nothing, 0, 4);
      } else if (!this.#put(part[1], row.bytes, start, length)) return null;
    }
    this.#copy(ending, 0, ending.length);
    return hash("sha256", this.#out.subarray(0, this.#end), "binary");
  }

  #put(kind: number, bytes: Buffer, start: number, length: number): boolean {
    if (kind === text) return this.#putText(bytes, start, length);
    if (kind === json) return this.#putJson(bytes, start, length);
    return kind === moment ? this.#putMoment(bytes, start) : this.#putDuration(bytes, start);
  }

  #putText(bytes: Buffer, start: number, length: number): boolean {
    const out = this.#out;
    const begin = this.#end;
    let end = begin;
    out[end++] = 0x22;
    for (let from = start; from < start + length; from += 1) {
      const byte = bytes[from] ?? 0;
      if (byte < 0x20 || byte === 0x22 || byte === 0x5c) {
        const quoted = Buffer.from(JSON.stringify(bytes.toString("utf8", start, start + length)));
        this.#reserve(quoted.length + 64);
        this.#copy(quoted, 0, quoted.length);
        return true;
      }
      out[end++] = byte;
    }
    out[end++] = 0x22;
    this.#end = end;
    return true;
  }

  /**
   * Canonical JSON of an object stands as it is. It must end where its first brace closes: what closed earlier could pass
   * for the columns after it.
   */
  #putJson(bytes: Buffer, start: number, length: number): boolean {
    const out = this.#out;
    const stop = start + length;
    let end = this.#end;
    let from = start;
    let depth = 0;
    if (bytes[start] !== 0x7b) return false;
    while (from < stop) {
      const byte = bytes[from++] ?? 0;
      out[end++] = byte;
      if (byte === 0x22) {
        let inside = 0;
        do {
          inside = bytes[from++] ?? 0;
          out[end++] = inside;
          if (inside === 0x5c) out[end++] = bytes[from++] ?? 0;
        } while (inside !== 0x22 && from < stop);
        if (inside !== 0x22) return false;
      } else if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth === 0) break;
      }
    }
    this.#end = end;
    return depth === 0 && from === stop;
  }

  /** In whole milliseconds, as entries are dated: a microsecond more would go unseen. */
  #putMoment(bytes: Buffer, start: number): boolean {
    const microseconds = bytes.readInt32BE(start) * 2 ** 32 + bytes.readUInt32BE(start + 4);
    if (microseconds % 1_000 !== 0 || Math.abs(microseconds) > 8e15) return false;
    const milliseconds = epoch + microseconds / 1_000;
    const day = Math.floor(milliseconds / dayMs);
    if (day !== this.#day) {
      this.#day = day;
      this.#date = Buffer.from(`"${new Date(day * dayMs).toISOString().split("T")[0]}T`);
    }
    this.#copy(this.#date, 0, this.#date.length);
    const time = milliseconds - day * dayMs;
    this.#putDigits(Math.floor(time / 3_600_000), 10, 0x3a);
    this.#putDigits(Math.floor(time / 60_000) % 60, 10, 0x3a);
    this.#putDigits(Math.floor(time / 1_000) % 60, 10, 0x2e);
    this.#putDigits(time % 1_000, 100, 0x5a);
    this.#out[this.#end++] = 0x22;
    return true;
  }

  /** A number from its digit of this worth on, and a character after it. */
  #putDigits(value: number, highest: number, after: number): void {
    for (let worth = highest; worth >= 1; worth /= 10) {
      this.#out[this.#end++] = 0x30 + (Math.floor(value / worth) % 10);
    }
    this.#out[this.#end++] = after;
  }

  #putDuration(bytes: Buffer, start: number): boolean {
    const value = bytes.readDoubleBE(start);
    if (!Number.isFinite(value)) return false;
    const written = JSON.stringify(value);
    this.#out.write(written, this.#end, "latin1");
    this.#end += written.length;
    return true;
  }

  #copy(from: Buffer, start: number, length: number): void {
    const out = this.#out;
    let end = this.#end;
    for (let index = start; index < start + length; index += 1) out[end++] = from[index] ?? 0;
    this.#end = end;
  }

  #reserve(length: number): void {
    if (this.#end + length <= this.#out.length) return;
    const larger = Buffer.alloc(2 * (this.#end + length));
    larger.set(this.#out.subarray(0, this.#end));
    this.#out = larger;
  }
}
