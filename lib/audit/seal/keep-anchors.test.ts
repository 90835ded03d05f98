import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { TestAnchor } from "../anchors/test-anchor.ts";
import { auditKeyring } from "../keys.ts";
import { rootOf } from "../merkle/tree.ts";
import { checkpointText, parseCheckpoint, signNote } from "../note.ts";
import { makeCheckpoint } from "./checkpoint.ts";
import { type AnchorMemory, keepAnchors } from "./keep-anchors.ts";
import { sealPending } from "./seal.ts";
import { writeEntries } from "./test-entries.ts";

let test: TestDatabase;
let scope: Scope;
let anchor: TestAnchor;
beforeEach(async () => {
  test = await createTestDatabase();
  scope = await createScope(test.db);
  anchor = new TestAnchor();
});
afterEach(() => test.close());

const grow = async (...names: string[]) => {
  await writeEntries(test.db, scope, ...names);
  await sealPending(test.db);
  return makeCheckpoint(test.db);
};
const asSuperuser = (...statements: string[]) =>
  test.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const statement of statements) await tx.unsafe(statement);
  });
/** Takes the database back to when it held `size` entries, as restoring a backup of then would. */
const setBack = (size: number) =>
  asSuperuser(
    `delete from audit_checkpoints where size > ${size}`,
    `delete from audit_entries where id in (select unnest(entries) from audit_batches where first >= ${size})`,
    `delete from audit_batches where first >= ${size}`,
  );
const rows = async () => [
  ...(await test.sql`select name, size::int, at is not null as written, error, failing_since is not null as failing
    from audit_anchors order by name`),
];
const sizes = () => anchor.notes.map((note) => parseCheckpoint(note).size);

describe("anchors", () => {
  it("are given the newest checkpoint, once", async () => {
    expect(await keepAnchors(test.db, [anchor])).toEqual([]);
    expect([sizes(), await rows()]).toEqual([
      [],
      [{ name: "test", size: null, written: false, error: null, failing: false }],
    ]);
    const checkpoint = await grow("a", "b");
    await keepAnchors(test.db, [anchor]);
    await keepAnchors(test.db, [anchor]);
    expect(anchor.notes).toEqual([checkpoint?.note]);
    await grow("c");
    await grow("d");
    expect(await keepAnchors(test.db, [anchor])).toEqual([]);
    expect([sizes(), await rows()]).toEqual([
      [2, 4],
      [{ name: "test", size: 4, written: true, error: null, failing: false }],
    ]);
  });

  it("that fail are told with why and since when, keep no other from being written, and recover", async () => {
    const other = new TestAnchor("other");
    await grow("a");
    await keepAnchors(test.db, [anchor, other]);
    anchor.failing = "The disk is full.";
    await grow("b");
    expect(await keepAnchors(test.db, [anchor, other])).toEqual([]);
    expect(await rows()).toEqual([
      { name: "other", size: 2, written: true, error: null, failing: false },
      { name: "test", size: 1, written: true, error: "The disk is full.", failing: true },
    ]);
    const since = await test.sql`select failing_since from audit_anchors where name = 'test'`;
    await keepAnchors(test.db, [anchor, other]);
    expect(await test.sql`select failing_since from audit_anchors where name = 'test'`).toEqual(since);
    anchor.failing = null;
    await keepAnchors(test.db, [anchor, other]);
    expect([sizes(), (await rows())[1]]).toEqual([
      [1, 2],
      { name: "test", size: 2, written: true, error: null, failing: false },
    ]);
  });

  it("are given nothing that no key of the trail signed", async () => {
    const checkpoint = await grow("a");
    await keepAnchors(test.db, [anchor]);
    await asSuperuser(
      "insert into audit_checkpoints (size, root, note, key_id) select size, root, replace(note, E'\\n1\\n', E'\\n0\\n'), key_id from audit_checkpoints",
    );
    expect(await keepAnchors(test.db, [anchor])).toEqual([]);
    expect(anchor.notes).toEqual([checkpoint?.note]);
  });

  it("are forgotten when they are no longer configured", async () => {
    await grow("a");
    await keepAnchors(test.db, [anchor, new TestAnchor("other")]);
    await keepAnchors(test.db, [anchor]);
    expect(await rows()).toEqual([{ name: "test", size: 1, written: true, error: null, failing: false }]);
    await keepAnchors(test.db, []);
    expect(await rows()).toEqual([]);
  });

  it("throw on what is not theirs to fail by", async () => {
    await grow("a");
    const odd = { ...anchor, name: "odd", latest: () => Promise.reject(new TypeError("a bug")) };
    await expect(keepAnchors(test.db, [Object.assign(new TestAnchor("odd"), odd)])).rejects.toThrow("a bug");
  });
});

describe("an anchor tells", () => {
  it("that an old state of the database was restored, even when it has grown beyond since", async () => {
    await grow("a", "b");
    await grow("c");
    await grow("d");
    await keepAnchors(test.db, [anchor]);
    const root = parseCheckpoint(anchor.notes.at(-1) ?? "").root;
    await setBack(2);
    const origin = parseCheckpoint(anchor.notes[0] ?? "").origin;
    const held = { origin, size: 4, root, extensions: expect.any(Array) };
    const again = new TestAnchor("again");
    again.notes = [...anchor.notes];
    expect(await keepAnchors(test.db, [anchor])).toEqual([
      { anchor: "test", sealed: 2, kind: "ahead", checkpoint: held },
    ]);
    // It was given where the database stands now, so it doesn't say so for ever.
    expect([sizes(), await keepAnchors(test.db, [anchor])]).toEqual([[4, 2], []]);
    await grow("e", "f", "g");
    expect(await keepAnchors(test.db, [again])).toEqual([
      { anchor: "again", sealed: 5, kind: "forked", checkpoint: held },
    ]);
  });

  it("that the database is another altogether", async () => {
    await grow("a");
    await keepAnchors(test.db, [anchor]);
    await using other = await createTestDatabase();
    expect(await keepAnchors(other.db, [anchor])).toMatchObject([{ kind: "other_trail", sealed: 0 }]);
  });

  it("what no key of the trail signed", async () => {
    const checkpoint = await grow("a");
    const { origin } = parseCheckpoint(checkpoint?.note ?? "");
    const { first: key } = auditKeyring();
    const text = checkpointText({ origin, size: 1, root: rootOf([Buffer.alloc(32)]), extensions: [] });
    anchor.notes = [signNote(text, origin, [key]).replace("\n1\n", "\n9\n")];
    expect(await keepAnchors(test.db, [anchor])).toEqual([
      { anchor: "test", sealed: 1, kind: "forged", checkpoint: null },
    ]);
    expect(anchor.notes.at(-1)).toBe(checkpoint?.note);
    // Signed indeed, but of entries that the database does not hold.
    anchor.notes = [signNote(text, origin, [key])];
    expect(await keepAnchors(test.db, [anchor])).toMatchObject([{ kind: "forked" }]);
  });

  it("that it lost what this process wrote to it", async () => {
    const memory: AnchorMemory = new Map();
    await grow("a");
    await keepAnchors(test.db, [anchor], { memory });
    await grow("b");
    await keepAnchors(test.db, [anchor], { memory });
    anchor.notes.pop();
    expect(await keepAnchors(test.db, [anchor], { memory })).toMatchObject([
      { kind: "lost", checkpoint: { size: 2 }, sealed: 2 },
    ]);
    anchor.notes = [];
    expect(await keepAnchors(test.db, [anchor], { memory })).toMatchObject([{ kind: "lost" }]);
    expect([sizes(), await keepAnchors(test.db, [anchor], { memory })]).toEqual([[2], []]);
  });
});

it("reads the root of an old size from what is stored", async () => {
  await grow("a", "b", "c");
  const [row] = await test.db.execute<{ root: Buffer }>(sql`select root from audit_checkpoints`);
  const [first] = await test.db.execute<{ leaves: Buffer }>(sql`select leaves from audit_batches`);
  expect(row?.root).toEqual(rootOf(first?.leaves ?? Buffer.alloc(0)));
});
