import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { auditKeyringOf } from "./keys.ts";
import {
  checkpointText,
  NoteError,
  parseCheckpoint,
  parseVerifierKey,
  signNote,
  verifierKey,
  verifyCheckpoint,
} from "./note.ts";

const makeKey = (id: string) => auditKeyringOf([{ id, base64: randomBytes(32).toString("base64") }]).first;
const [one, two] = [makeKey("one"), makeKey("two")];
const origin = "parapet/0123456789abcdef";
const checkpoint = {
  origin,
  size: 42,
  root: Buffer.alloc(32, 9),
  extensions: ["at 2026-11-21T10:00:00.000Z"],
};
const text = checkpointText(checkpoint);

describe("checkpoint", () => {
  it("is the text that C2SP describes, and is read back whole", () => {
    const note = signNote(text, origin, [one]);
    expect(text).toBe(
      "parapet/0123456789abcdef\n42\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\nat 2026-11-21T10:00:00.000Z\n",
    );
    expect(note.slice(text.length)).toMatch(/^\n— parapet\/0123456789abcdef [A-Za-z0-9+/]{91}=\n$/);
    expect([parseCheckpoint(note), verifyCheckpoint(note, [two.public, one.public])]).toEqual([
      checkpoint,
      checkpoint,
    ]);
  });

  it("holds where one known key signed, and passes over signatures of keys unknown", () => {
    const both = signNote(text, origin, [one, two]);
    expect(verifyCheckpoint(both, [two.public])).toEqual(checkpoint);
    expect(() => verifyCheckpoint(signNote(text, origin, [one]), [two.public])).toThrow(/None of the known/);
    expect(() => verifyCheckpoint(both, [])).toThrow(/None of the known/);
  });

  it("does not hold where a letter, the signature or the signer's name is another", () => {
    const note = signNote(text, origin, [one]);
    expect(() => verifyCheckpoint(note.replace("\n42\n", "\n43\n"), [one.public])).toThrow(/does not hold/);
    expect(() => verifyCheckpoint(note.replace("at 2026", "at 2025"), [one.public])).toThrow(/does not hold/);
    expect(() => verifyCheckpoint(signNote(text, "parapet/other", [one]), [one.public])).toThrow(/None of/);
    // A good signature does not excuse a bad one by a key that is known.
    const bad = signNote(text.replace("42", "41"), origin, [two]).split("\n").at(-2);
    expect(() => verifyCheckpoint(`${note}${bad}\n`, [one.public, two.public])).toThrow(/does not hold/);
    expect(verifyCheckpoint(`${note}${bad}\n`, [one.public])).toEqual(checkpoint);
  });

  it("is refused where malformed", () => {
    const note = signNote(text, origin, [one]);
    const malformed = [
      "",
      text,
      note.slice(0, -1),
      note.replace("\n42\n", "\n042\n"),
      note.replace("\n42\n", "\n-1\n"),
      note.replace("\n42\n", "\n9007199254740993\n"),
      note.replace("CQk=", "CQl="),
      note.replace("CQk=", "CQ=="),
      note.replace("— ", "- "),
      note.replace("at 2026", "at\t2026"),
      `\n${note}`,
    ];
    for (const each of malformed) expect(() => parseCheckpoint(each)).toThrow(NoteError);
  });

  it("cannot be written with lines that would read as others", () => {
    expect(() => checkpointText({ ...checkpoint, extensions: [""] })).toThrow(NoteError);
    expect(() => checkpointText({ ...checkpoint, extensions: ["a\n\n— b c"] })).toThrow(NoteError);
    expect(() => checkpointText({ ...checkpoint, origin: "two words" })).toThrow(NoteError);
    expect(() => checkpointText({ ...checkpoint, size: 1.5 })).toThrow(NoteError);
    expect(() => checkpointText({ ...checkpoint, root: Buffer.alloc(31) })).toThrow(NoteError);
  });
});

describe("verifier key", () => {
  it("reads the one of Go's checksum database as Go does", () => {
    const go = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    const { name, key } = parseVerifierKey(go);
    expect([name, verifierKey(name, key)]).toEqual(["sum.golang.org", go]);
  });

  it("is read back, and refused where it is not its own", () => {
    const vkey = verifierKey(origin, one.public);
    const read = parseVerifierKey(`${vkey}\n`);
    expect([read.name, read.key.equals(one.public)]).toEqual([origin, true]);
    const others = [
      "",
      "a+b",
      vkey.replace("parapet", "parapat"),
      vkey.replace(/\+A/, "+B"),
      vkey.slice(0, -4),
    ];
    for (const each of others) expect(() => parseVerifierKey(each)).toThrow(NoteError);
  });
});
