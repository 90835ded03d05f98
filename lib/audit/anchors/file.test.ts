import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AnchorError } from "./anchor.ts";
import { fileAnchor } from "./file.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parapet-anchor-"));
  path = join(folder, "deep", "anchor.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const noteOf = (size: number) => `parapet/1\n${size}\nroot\n\n— parapet/1 signature\n`;
const listOf = async (since?: Date) => {
  const notes: string[] = [];
  for await (const note of fileAnchor(path).list(since)) notes.push(note);
  return notes;
};

describe("an anchor in a file", () => {
  it("is empty before its first, then holds each in order, for its owner's eyes alone", async () => {
    const anchor = fileAnchor(path);
    expect([anchor.name, await anchor.latest(), await listOf()]).toEqual([`file:${path}`, null, []]);
    for (const size of [1, 2, 5]) await anchor.write(noteOf(size), size);
    expect([await anchor.latest(), await listOf()]).toEqual([noteOf(5), [1, 2, 5].map(noteOf)]);
    const lines = readFileSync(path, "utf8").split("\n");
    expect(lines.map((line) => (line ? Object.keys(JSON.parse(line)) : line))).toEqual([
      ...Array.from({ length: 3 }, () => ["at", "size", "note"]),
      "",
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("goes on after a line that a crash cut off, and after lines that are none of its own", async () => {
    const anchor = fileAnchor(path);
    await anchor.write(noteOf(1), 1);
    const whole = statSync(path).size;
    await anchor.write(noteOf(2), 2);
    truncateSync(path, whole + 20);
    expect(await anchor.latest()).toBe(noteOf(1));
    await anchor.write(noteOf(3), 3);
    appendFileSync(path, "nonsense\n{}\n");
    expect([await anchor.latest(), await listOf()]).toEqual([noteOf(3), [noteOf(1), noteOf(3)]]);
  });

  it("finds the last line however long what stands behind it, and reads lines that chunks part", async () => {
    const anchor = fileAnchor(path);
    await anchor.write(noteOf(1), 1);
    appendFileSync(path, `${"x".repeat(300_000)}\n`);
    expect(await anchor.latest()).toBe(noteOf(1));
    const line = (size: number) =>
      `${JSON.stringify({ at: "2026-11-21T10:00:00.000Z", size, note: noteOf(size) })}\n`;
    const many = Array.from({ length: 20_000 }, (_, size) => line(size)).join("");
    writeFileSync(path, many);
    const notes = await listOf();
    expect([notes.length, notes[12_345], await anchor.latest()]).toEqual([
      20_000,
      noteOf(12_345),
      noteOf(19_999),
    ]);
  });

  it("takes no line without an end into the memory", async () => {
    const anchor = fileAnchor(path);
    await anchor.write(noteOf(1), 1);
    appendFileSync(path, "x".repeat(20_000_000));
    await expect(anchor.latest()).rejects.toThrow(`The end of the file ${path} holds no checkpoint.`);
    await expect(listOf()).rejects.toThrow(`The file ${path} has a line that is no checkpoint's.`);
  });

  it("lists what was written since a moment", async () => {
    const anchor = fileAnchor(path);
    await anchor.write(noteOf(1), 1);
    expect([await listOf(new Date(0)), await listOf(new Date(Date.now() + 60_000))]).toEqual([
      [noteOf(1)],
      [],
    ]);
  });

  it("says in words why it cannot be used", async () => {
    writeFileSync(join(folder, "file"), "");
    const anchor = fileAnchor(join(folder, "file", "anchor.ndjson"));
    await expect(anchor.write(noteOf(1), 1)).rejects.toThrow(AnchorError);
    await expect(fileAnchor(folder).latest()).rejects.toThrow(`The file ${folder} cannot be used: EISDIR`);
  });
});
