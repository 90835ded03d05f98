/**
 * Takes off AWS's own chunk framing (`Content-Encoding: aws-chunked`): each chunk is its size in hexadecimal, perhaps a
 * signature, a line break, the data, and a line break; trailers follow the last, empty one.
 */
import { readHeader, type WireRequest } from "./http-request.ts";

/** Throws a `RangeError` for broken framing. */
export function readPlainBody(request: WireRequest): Buffer {
  const isChunked =
    readHeader(request, "x-amz-content-sha256")?.startsWith("STREAMING-") === true ||
    readHeader(request, "content-encoding")?.includes("aws-chunked") === true;
  if (!isChunked) return request.body;
  const { body } = request;
  const chunks: Buffer[] = [];
  let position = 0;
  while (position < body.length) {
    const lineEnd = body.indexOf("\r\n", position);
    const size = /^([0-9a-fA-F]+)(?:;.*)?$/.exec(body.toString("latin1", position, lineEnd))?.[1];
    if (lineEnd === -1 || size === undefined) throw new RangeError("A chunk has no size.");
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end === start) return Buffer.concat(chunks);
    if (end > body.length) throw new RangeError("A chunk is cut off.");
    chunks.push(body.subarray(start, end));
    position = end + 2;
  }
  throw new RangeError("The last chunk is missing.");
}
