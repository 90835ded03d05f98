import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { readBounded } from "./bound-answer.ts";

/** Chunks of four bytes, for as long as somebody reads. */
function* endless() {
  for (;;) yield Buffer.from("abcd");
}

it("reads what fits", async () => {
  expect((await readBounded(Readable.from([Buffer.from("ab"), Buffer.from("cd")]), 4)).toString()).toBe(
    "abcd",
  );
  expect((await readBounded(Readable.from([]), 4)).byteLength).toBe(0);
});

it("ends with what doesn't, and leaves the source destroyed", async () => {
  const source = Readable.from(endless());
  await expect(readBounded(source, 10)).rejects.toThrow(MalformedAnswer);
  expect(source.destroyed).toBe(true);
});
