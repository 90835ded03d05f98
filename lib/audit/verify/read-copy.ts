import type { BinaryRow } from "./canonical-bytes.ts";

/**
 * Takes what `COPY … TO STDOUT (FORMAT binary)` sends and calls `onRow` with each row, in the same object every time. The
 * row is valid during the call.
 */
export class CopyReader {
  readonly #row: { bytes: Buffer; starts: Int32Array; lengths: Int32Array };
  readonly #onRow: (row: BinaryRow) => void;
  #rest: Buffer | null = null;
  #begun = false;
  rows = 0;

  constructor(columns: number, onRow: (row: BinaryRow) => void) {
    const starts = new Int32Array(columns);
    this.#row = { bytes: Buffer.alloc(0), starts, lengths: new Int32Array(columns) };
    this.#onRow = onRow;
  }

  /** Another statement's answer begins. */
  restart(): void {
    this.#begun = false;
    this.#rest = null;
  }

  /** PostgreSQL sends each row whole, but promises it to nobody. */
  take(piece: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, piece]) : piece;
    this.#rest = null;
    let place = 0;
    if (!this.#begun) {
      if (bytes.length < 19) {
        this.#rest = bytes;
        return;
      }
      place = 19 + bytes.readInt32BE(15);
      this.#begun = true;
    }
    while (place < bytes.length) {
      const next = this.#takeRow(bytes, place);
      if (next < 0) {
        this.#rest = bytes.subarray(place);
        return;
      }
      place = next;
    }
  }

  /** Where the next row begins; −1 when this one isn't whole. */
  #takeRow(bytes: Buffer, start: number): number {
    const { starts, lengths } = this.#row;
    if (start + 2 > bytes.length) return -1;
    // The trailer: there are no more.
    if (bytes[start] === 0xff) return start + 2;
    let place = start + 2;
    for (let column = 0; column < starts.length; column += 1) {
      if (place + 4 > bytes.length) return -1;
      const length =
        ((bytes[place] ?? 0) << 24) |
        ((bytes[place + 1] ?? 0) << 16) |
        ((bytes[place + 2] ?? 0) << 8) |
        (bytes[place + 3] ?? 0);
      place += 4;
      starts[column] = place;
      lengths[column] = length;
      if (length > 0) place += length;
    }
    if (place > bytes.length) return -1;
    this.#row.bytes = bytes;
    this.rows += 1;
    this.#onRow(this.#row);
    return place;
  }
}
