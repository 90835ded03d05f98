import { MalformedAnswer } from "#lib/inventory/answers.ts";

/** The clouds' own pages stay below 10 MB; anything longer is no answer of an API. */
export const maxAnswerBytes = 64 * 1024 * 1024;

/**
 * Reads an answer whole, as it is once unzipped: a few kilobytes of zeros come to gigabytes. Throws a MalformedAnswer when
 * there is more than any cloud sends; the source is then destroyed.
 */
export async function readBounded(
  source: AsyncIterable<Uint8Array>,
  max: number = maxAnswerBytes,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.byteLength;
    if (length > max) throw new MalformedAnswer("The answer is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
