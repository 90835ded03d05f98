import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DomainError } from "#lib/errors.ts";

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * A body's bytes, unpacked if they are gzip by their first two. Nothing is unpacked ahead of what is taken. Throws
 * `invalid_input` for gzip that breaks off or is damaged.
 */
export async function* inflateIfPacked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  try {
    let head: Uint8Array = new Uint8Array(0);
    while (head.length < 2) {
      const next = await pieces.next();
      if (next.done) break;
      head = head.length > 0 ? Buffer.concat([head, next.value]) : next.value;
    }
    const rest = { [Symbol.asyncIterator]: () => pieces };
    const whole = (async function* () {
      if (head.length > 0) yield head;
      yield* rest;
    })();
    yield* isGzip(head) ? gunzip(whole) : whole;
  } finally {
    await pieces.return?.();
  }
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacking = createGunzip();
  const feeding = pipeline(Readable.from(packed), unpacking);
  // Told through the stream that is read below.
  feeding.catch(() => undefined);
  try {
    for await (const piece of unpacking) yield piece;
  } catch (cause) {
    const isPacking = cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_");
    if (!isPacking) throw cause;
    throw new DomainError(
      "invalid_input",
      "Nothing was imported: the gzip file is damaged or ends too early.",
      {
        cause,
      },
    );
  } finally {
    unpacking.destroy();
  }
}
