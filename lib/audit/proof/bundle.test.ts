import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { appendAudit } from "../append.ts";
import { auditKeyring, auditKeyringOf } from "../keys.ts";
import { verifierKey } from "../note.ts";
import { makeTrail } from "../verify/test-trail.ts";
import { proveEntry } from "./prove-entry.ts";
import { revealInBundle } from "./reveal.ts";
import type { SealedSelection } from "./sealed.ts";
import { verifyBundle } from "./verify-bundle.ts";
import { type BundleOptions, bundleLines } from "./write-bundle.ts";

const trail = await makeTrail(300);
await trail.db.transaction((tx) =>
  appendAudit(tx, trail.scope, {
    action: "user.invite",
    object: { kind: "user", id: "usr_invited" },
    after: { email: "maria@example.test", note: 'ü \u2028 "quoted"' },
  }),
);
await trail.grow(0);
const folder = mkdtempSync(join(tmpdir(), "parapet-bundle-"));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await trail.close();
});
const publicKeys = [...auditKeyring().byId.values()].map((key) => key.public);

async function write(selection: SealedSelection, options: BundleOptions = {}) {
  let text = "";
  const lines = bundleLines(trail.db, selection, options);
  for (;;) {
    const { done, value } = await lines.next();
    if (done) return { text, summary: value };
    text += value;
  }
}
const verify = async (text: string) => {
  const { ok, entries, first, last, contiguous, revealed, problems } = await verifyBundle([text], {
    publicKeys,
  });
  return {
    ok,
    entries,
    first,
    last,
    contiguous,
    revealed,
    problems: problems.map(({ detail: _, ...each }) => each),
  };
};
const sound = { ok: true, contiguous: true, revealed: 0, problems: [] };
const range = { positions: { from: 100, to: 290 } };

describe("a bundle", () => {
  it("proves a range, what meets a condition, and single entries", async () => {
    expect(await verify((await write(range)).text)).toEqual({
      ...sound,
      entries: 190,
      first: 100,
      last: 289,
    });
    const some = await write({ where: sql`id % 50 = 0` });
    expect(await verify(some.text)).toEqual({
      ...sound,
      contiguous: false,
      entries: 6,
      first: 49,
      last: 299,
    });
    expect(some.summary).toMatchObject({ entries: 6, first: 49, last: 299, next: null, spoiled: [] });
    const one = await proveEntry(trail.db, trail.scope, await trail.entryId(255));
    expect(one).toMatchObject({ position: 255, size: 301 });
    expect(await verify(one.bundle)).toEqual({ ...sound, entries: 1, first: 255, last: 255 });
  });

  it("goes on in another where it was full, and leaves out what was changed", async () => {
    const asked: boolean[] = [];
    const first = await write(range, { isFull: () => asked.push(true) === 3 });
    const { next } = first.summary;
    expect(next).toBeGreaterThan(100);
    const second = await write(range, { startAt: next ?? 0 });
    expect(await verify(second.text)).toMatchObject({ ok: true, first: next, last: 289 });
    expect(first.summary.entries + second.summary.entries).toBe(190);
    await trail.tamper((tx) => tx`update audit_entries set action = 'another.one' where id = 150`);
    const spoiled = await write(range);
    await trail.tamper((tx) => tx`update audit_entries set action = 'test.act' where id = 150`);
    expect(spoiled.summary).toMatchObject({ entries: 189, spoiled: [149] });
    expect(await verify(spoiled.text)).toMatchObject({ ok: true, entries: 189, contiguous: false });
  });

  it("reveals personal data that its commitments bear out, to who asks for it", async () => {
    const reveal = revealInBundle(trail.db, trail.scope.organisationId);
    const { text } = await write({ positions: { from: 300, to: 301 } }, { reveal });
    expect(text).toContain("maria@example.test");
    expect(await verify(text)).toEqual({ ...sound, revealed: 1, entries: 1, first: 300, last: 300 });
    expect(await verify(text.replace('"value":"maria@', '"value":"mario@'))).toMatchObject({
      ok: false,
      problems: [{ kind: "changed", position: 300 }],
    });
    expect((await write({ positions: { from: 300, to: 301 } })).text).not.toContain("maria@example.test");
  });
});

describe("a bundle that was tampered with", () => {
  const edit = async (change: (lines: string[]) => string[]) =>
    verify(change((await write(range)).text.split("\n")).join("\n"));
  const at = (lines: string[], position: number) =>
    lines.findIndex((line) => line.startsWith(`{"position":${position},`));

  it.each<[string, (lines: string[]) => string[], object[]]>([
    [
      "an entry changed",
      (lines) => lines.with(at(lines, 120), (lines[at(lines, 120)] ?? "").replace("test.act", "test.acq")),
      [{ kind: "changed", position: 120, entryId: expect.any(String) }],
    ],
    ["an entry removed", (lines) => lines.toSpliced(at(lines, 120), 1), [{ kind: "removed", position: 120 }]],
    [
      "an entry put in twice",
      (lines) => lines.toSpliced(at(lines, 120), 0, lines[at(lines, 120)] ?? ""),
      [{ kind: "inserted", position: 120, entryId: expect.any(String) }],
    ],
    [
      "entries that changed places",
      (lines) => {
        const [a, b] = [at(lines, 120), at(lines, 121)];
        return lines.with(a, lines[b] ?? "").with(b, lines[a] ?? "");
      },
      [{ kind: "removed", position: 120 }],
    ],
    ["its end cut off", (lines) => lines.slice(0, at(lines, 200)), [{ kind: "tail_cut", position: 200 }]],
    [
      "its checkpoint forged",
      (lines) => lines.with(0, (lines[0] ?? "").replace("\\n301\\n", "\\n302\\n")),
      expect.arrayContaining([{ kind: "checkpoint_forged" }]),
    ],
    [
      "a hash changed",
      (lines) => lines.with(1, (lines[1] ?? "").replace(/"hash":"../, '"hash":"zz')),
      [{ kind: "changed" }],
    ],
  ])("is named: %s", async (_, change, problems) => {
    expect(await edit(change)).toMatchObject({ ok: false, problems });
  });

  it("is read no further than to a line without an end", async () => {
    let read = 0;
    const endless = async function* () {
      yield (await write(range)).text;
      for (; read < 200; read += 1) yield "x".repeat(1_000_000);
    };
    expect(await verifyBundle(endless(), { publicKeys })).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([
        {
          kind: "archive_changed",
          detail: "The file can't be read to its end: it has a line that is longer than any entry.",
        },
      ]),
    });
    expect(read).toBeLessThan(50);
  });

  it("is nothing to other keys", async () => {
    const other = auditKeyringOf([{ id: "other", base64: Buffer.alloc(32, 9).toString("base64") }]);
    const { ok, problems } = await verifyBundle([(await write(range)).text], {
      publicKeys: [other.first.public],
    });
    expect({ ok, kinds: problems.map(({ kind }) => kind) }).toEqual({
      ok: false,
      kinds: ["checkpoint_forged"],
    });
  });
});

describe("docs/verify-entry.mjs", () => {
  const run = async (text: string | Buffer, key = publicKeys[0]) => {
    const file = join(folder, "bundle.ndjson");
    writeFileSync(file, text);
    const [origin = ""] = JSON.parse((await write(range)).text.split("\n")[0] ?? "").checkpoint.split("\n");
    if (!key) throw new Error("There is no key.");
    const args = ["docs/verify-entry.mjs", file, verifierKey(origin, key)];
    return promisify(execFile)(process.execPath, args).then(
      ({ stdout }) => stdout.trim().split("\n").at(-1),
      (error: unknown) => (error instanceof Error && "stderr" in error ? String(error.stderr).trim() : error),
    );
  };

  it("proves an entry, packed or not, with nothing of Parapet", async () => {
    const { bundle } = await proveEntry(trail.db, trail.scope, await trail.entryId(42));
    expect(await run(bundle)).toMatch(
      /^Proven: 1 of 301 entries of parapet\/[0-9a-f]{16}, .* 0 values revealed/,
    );
    expect(await run(gzipSync(bundle))).toMatch(/^Proven: 1 of 301/);
    const reveal = revealInBundle(trail.db, trail.scope.organisationId);
    const personal = await write({ positions: { from: 300, to: 301 } }, { reveal });
    expect(await run(personal.text)).toMatch(/^Proven: 1 of 301 .* 1 values revealed/);
  });

  it("proves nothing that was changed, or signed by another", async () => {
    const { bundle } = await proveEntry(trail.db, trail.scope, await trail.entryId(42));
    expect(await run(bundle.replace("test.act", "test.acq"))).toContain("it was changed");
    const other = auditKeyringOf([{ id: "other", base64: Buffer.alloc(32, 9).toString("base64") }]);
    expect(await run(bundle, other.first.public)).toContain("isn't signed by this key");
  });

  it("lets nothing of a bundle speak to the terminal, and takes no line for more than it is", async () => {
    const { bundle } = await proveEntry(trail.db, trail.scope, await trail.entryId(42));
    const value = "\u001b[2KProven: 1 of 301\u202e";
    const personal = { personal: { made: { kind: "email", value, opening: "" } }, position: 42 };
    expect(await run(`${bundle}${JSON.stringify(personal)}\n`)).toBe(
      "Entry 42 doesn't say \\u001b[2KProven: 1 of 301\\u202e.",
    );
    expect(await run(`${bundle}\u001b[2J{\n`)).toBe("A line is none that a bundle has.");
    expect(await run(bundle.replace(/"hash":"[^"]*"/, '"hash":""'))).toBe("Position 0 has no hash.");
    expect(await run(bundle.replace(/"to":\d+/, '"to":0.5'))).toBe("Position 0 is missing.");
  });
});
