/**
 * Text from bytes: UTF-8, or UTF-16 where a byte-order mark says so, as Windows' PowerShell writes redirected output.
 * The mark is left out; what is no valid text becomes U+FFFD.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head: Uint8Array = new Uint8Array(0);
  for await (const piece of bytes) {
    let next = piece;
    if (!decoder) {
      next = head.length > 0 ? Buffer.concat([head, piece]) : piece;
      if (next.length < 2) {
        head = next;
        continue;
      }
      decoder = new TextDecoder(encodingOf(next));
    }
    const text = decoder.decode(next, { stream: true });
    if (text) yield text;
  }
  const rest = (decoder ?? new TextDecoder()).decode(decoder ? undefined : head);
  if (rest) yield rest;
}

function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
}
