import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalEntry, leafOf } from "../entry.ts";
import { auditKeyring, auditKeyringOf } from "../keys.ts";
import { fieldsOf } from "../proof/sealed.ts";
import { makeTrail, swap, type TestTrail } from "./test-trail.ts";

let trail: TestTrail;
beforeEach(async () => {
  trail = await makeTrail();
});
afterEach(() => trail.close());

const leavesWithout = (leaves: Buffer, index: number) =>
  Buffer.concat([leaves.subarray(0, 32 * index), leaves.subarray(32 * index + 32)]);
const pick = (leaves: Buffer, index: number) => leaves.subarray(32 * index, 32 * index + 32);

describe("a trail that nobody touched", () => {
  it("verifies, whether by threads, from a position on, or with public keys alone", async () => {
    const sound = {
      ...{ ok: true, size: 15, from: 0, to: 15, verified: 15, archived: 0, pending: 0, problems: [] },
      checkpoints: { count: 2, size: 15, at: expect.any(String) },
      anchors: [{ name: trail.anchor.name, size: 15, readable: true }],
      durationMs: expect.any(Number),
    };
    expect(await trail.verify()).toEqual(sound);
    expect(await trail.verify({ workers: 2 })).toEqual(sound);
    expect(await trail.verify({ from: 9 })).toEqual({ ...sound, from: 8, verified: 7 });
    const publicKeys = [...auditKeyring().byId.values()].map((key) => key.public);
    expect(await trail.verify({ keys: { publicKeys } })).toEqual(sound);
  });

  it("verifies while entries wait to be sealed", async () => {
    await trail.db.transaction(async () => undefined);
    const { appendAudit } = await import("../append.ts");
    await trail.db.transaction((tx) =>
      appendAudit(tx, trail.scope, { action: "test.act", object: { kind: "test", id: "w" } }),
    );
    expect(await trail.verify()).toMatchObject({ ok: true, size: 15, pending: 1 });
  });

  it("can't be judged without the key it was written under", async () => {
    const other = auditKeyringOf([{ id: "other", base64: Buffer.alloc(32, 9).toString("base64") }]);
    const kinds = (await trail.verify({ keys: other })).problems.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["checkpoint_forged", "key_missing"]));
  });
});

describe("an entry that was changed is named", () => {
  it.each([
    ["its action", "action = 'nothing.happened'"],
    ["who acted", "actor_id = 'usr_another'"],
    ["when, by a microsecond", "at = at + interval '1 microsecond'"],
    ["when, to another month", "at = at - interval '400 days'"],
    ["how it ended", "result = 'failed'"],
    ["what came before", `before = '{"a":1}'`],
    ["a null to its text", "before = 'null'"],
    ["how long it took", "duration_ms = 'NaN'"],
    ["to when no clock goes", "at = 'infinity'"],
  ])("%s", async (_, change) => {
    const entryId = await trail.entryId(6);
    await trail.tamper((sql) => sql.unsafe(`update audit_entries set ${change} where id = 7`));
    expect(await trail.problems()).toEqual([{ kind: "changed", position: 6, batch: 1, entryId }]);
  });

  it("with its own hash", async () => {
    const entryId = await trail.entryId(6);
    await trail.tamper((sql) => sql`update audit_entries set leaf = ${Buffer.alloc(32)} where id = 7`);
    expect(await trail.problems()).toEqual([{ kind: "changed", position: 6, batch: 1, entryId }]);
  });

  it("with its hash, its batch and every batch after made to fit", async () => {
    const entryId = await trail.entryId(6);
    await trail.tamper((sql) => sql`update audit_entries set action = 'nothing.happened' where id = 7`);
    const [row] = await trail.sql`select * from audit_entries where id = 7`;
    const leaf = leafOf(canonicalEntry(fieldsOf(row ?? {})));
    await trail.tamper((sql) => sql`update audit_entries set leaf = ${leaf} where id = 7`);
    await trail.rewrite(1, ({ leaves }) => {
      leaf.copy(leaves, 64);
      return { leaves };
    });
    expect(await trail.problems()).toEqual([{ kind: "changed", position: 6, batch: 1, entryId }]);
  });

  it("before it was sealed", async () => {
    const { appendAudit } = await import("../append.ts");
    await trail.db.transaction((tx) =>
      appendAudit(tx, trail.scope, { action: "test.act", object: { kind: "test", id: "w" } }),
    );
    await trail.tamper((sql) => sql`update audit_entries set action = 'nothing.happened' where id = 16`);
    expect(await trail.problems()).toEqual([
      { kind: "changed", of: "row 16", entryId: await trail.entryId(15) },
    ]);
    await trail.grow(1);
    expect(await trail.problems()).toEqual([
      { kind: "changed", position: 15, batch: 4, entryId: await trail.entryId(15) },
    ]);
  });
});

describe("an entry that was removed is named", () => {
  it("by its row", async () => {
    await trail.tamper((sql) => sql`delete from audit_entries where id in (6, 7, 10)`);
    expect(await trail.problems()).toEqual([
      { kind: "removed", position: 5, count: 2 },
      { kind: "removed", position: 9 },
    ]);
  });

  it("with its batch made to fit", async () => {
    await trail.tamper((sql) => sql`delete from audit_entries where id = 7`);
    await trail.rewrite(1, ({ entries, leaves }) => ({
      size: 3,
      entries: entries.filter((id) => id !== 7),
      leaves: leavesWithout(leaves, 2),
    }));
    expect(await trail.problems()).toEqual([{ kind: "removed", position: 4, batch: 1 }]);
  });

  it("with its batch and every batch after moved up", async () => {
    await trail.tamper((sql) => sql`delete from audit_entries where id = 7`);
    await trail.tamper((sql) => sql`update audit_batches set first = first - 1 where n > 1`);
    await trail.rewrite(1, ({ entries, leaves }) => ({
      size: 3,
      entries: entries.filter((id) => id !== 7),
      leaves: leavesWithout(leaves, 2),
    }));
    expect(await trail.problems()).toEqual([
      { kind: "removed", position: 4, batch: 1 },
      { kind: "tail_cut", position: 14, count: 1 },
      { kind: "tail_cut", position: 14, count: 1, of: trail.anchor.name },
    ]);
  });

  it("with its whole batch", async () => {
    await trail.tamper(async (sql) => {
      await sql`delete from audit_entries where id between 5 and 8`;
      await sql`delete from audit_batches where n = 1`;
    });
    expect(await trail.problems()).toEqual([{ kind: "removed", position: 4, count: 4, batch: 1 }]);
  });
});

describe("an entry that Parapet didn't write is named", () => {
  const columns =
    "entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind, object_id, result, correlation_id";
  const forged = `insert into audit_entries (${columns}) select 'ent_f0', at, organisation_id, actor_kind, actor_id,
    'nothing.happened', object_kind, object_id, result, correlation_id from audit_entries where id = 7`;

  it("before it is sealed, and afterwards", async () => {
    await trail.tamper((sql) => sql.unsafe(forged));
    expect(await trail.problems()).toEqual([{ kind: "inserted", of: "row 16", entryId: "ent_f0" }]);
    await trail.grow(1);
    expect(await trail.problems()).toEqual([{ kind: "inserted", position: 15, batch: 4, entryId: "ent_f0" }]);
  });

  it("where it was dated back among what is sealed", async () => {
    await trail.tamper(async (sql) => {
      await sql.unsafe(forged);
      await sql`update audit_entries set xid = '1', id = 0 where entry_id = 'ent_f0'`;
    });
    expect(await trail.problems()).toEqual([{ kind: "inserted", of: "row 0", entryId: "ent_f0" }]);
  });

  it("where a batch was made longer for it", async () => {
    await trail.tamper(async (sql) => {
      await sql.unsafe(forged);
      await sql`update audit_entries set leaf = ${Buffer.alloc(32, 1)}, mac = ${Buffer.alloc(32, 2)}, key_id = 'test'
        where entry_id = 'ent_f0'`;
    });
    await trail.rewrite(1, ({ entries, leaves }) => ({
      size: 5,
      entries: [...entries, 16],
      leaves: Buffer.concat([leaves, Buffer.alloc(32, 1)]),
    }));
    expect(await trail.problems()).toEqual([{ kind: "inserted", position: 8, batch: 1, entryId: "ent_f0" }]);
  });

  it("as the copy of one that it did", async () => {
    await trail.tamper(async (sql) => {
      await sql`alter table audit_entries drop constraint audit_entries_entry`;
      await sql`create temp table copied on commit drop as select * from audit_entries where id = 7`;
      await sql`update copied set id = nextval('audit_entries_id_seq'), xid = pg_current_xact_id()`;
      await sql`insert into audit_entries select * from copied`;
    });
    const entryId = await trail.entryId(6);
    await trail.grow(1);
    expect(await trail.problems()).toEqual([{ kind: "inserted", position: 15 }]);
    await trail.tamper((sql) => sql`update audit_entries set id = 1000, xid = '1' where id = 16`);
    expect(await trail.problems()).toEqual(
      expect.arrayContaining([{ kind: "inserted", of: "row 1000", entryId }]),
    );
  });
});

describe("entries in another order are named", () => {
  const names = async () => [await trail.entryId(5), await trail.entryId(6)] as const;

  it("by their rows", async () => {
    const [first, second] = await names();
    await trail.tamper(
      (sql) => sql`
      update audit_entries set id = case id when 6 then -7 else -6 end where id in (6, 7)`,
    );
    await trail.tamper((sql) => sql`update audit_entries set id = -id where id < 0`);
    expect(await trail.problems()).toEqual([
      { kind: "reordered", position: 5, batch: 1, entryId: second },
      { kind: "reordered", position: 6, batch: 1, entryId: first },
    ]);
  });

  it("with their batch made to fit", async () => {
    await trail.rewrite(1, ({ entries, leaves }) => ({
      entries: swap(entries, 1, 2),
      leaves: Buffer.concat(swap([0, 1, 2, 3], 1, 2).map((index) => pick(leaves, index))),
    }));
    expect(await trail.problems()).toEqual([{ kind: "reordered", position: 6, batch: 1 }]);
  });
});

describe("a tail that was cut off is named", () => {
  const cut = (more: string) =>
    trail.tamper(async (sql) => {
      await sql`delete from audit_entries where id > 12`;
      await sql`delete from audit_batches where n > 2`;
      if (more !== "") await sql.unsafe(more);
    });

  it("by the database's own checkpoint", async () => {
    await cut("");
    expect(await trail.problems({ anchors: [] })).toEqual([{ kind: "tail_cut", position: 12, count: 3 }]);
  });

  it("by an anchor, where the checkpoint was cut off too", async () => {
    await cut("delete from audit_checkpoints where size > 12");
    expect(await trail.problems()).toEqual([
      { kind: "tail_cut", position: 12, count: 3, of: trail.anchor.name },
    ]);
    expect(await trail.problems({ from: 8 })).toEqual([
      { kind: "tail_cut", position: 12, count: 3, of: trail.anchor.name },
    ]);
  });

  it("as a step back, once the trail goes on from there", async () => {
    await cut("delete from audit_checkpoints where size > 12");
    await trail.grow(5);
    expect(await trail.problems()).toEqual([{ kind: "set_back", position: 12, of: trail.anchor.name }]);
  });

  it("as a step back, where all of it was replaced", async () => {
    await trail.tamper((sql) => sql`truncate audit_entries, audit_batches, audit_nodes, audit_checkpoints`);
    await trail.grow(3);
    expect(await trail.problems()).toEqual([{ kind: "set_back", position: 0, of: trail.anchor.name }]);
  });
});

describe("what proves the trail is proven itself", () => {
  it("a checkpoint's note, root and size", async () => {
    await trail.tamper(async (sql) => {
      await sql`update audit_checkpoints set note = replace(note, '12', '11') where size = 12`;
      await sql`update audit_checkpoints set root = ${Buffer.alloc(32)} where size = 15`;
    });
    expect(await trail.problems({ anchors: [] })).toEqual([
      { kind: "checkpoint_forged", of: "checkpoint 1" },
      { kind: "checkpoint_forged", of: "checkpoint 2" },
    ]);
  });

  it("a checkpoint that the database lost", async () => {
    await trail.tamper((sql) => sql`delete from audit_checkpoints where size = 12`);
    expect(await trail.problems()).toEqual([{ kind: "checkpoint_removed", count: 1, of: trail.anchor.name }]);
  });

  it("a batch's time, its link, and the hashes of the tree", async () => {
    await trail.tamper(
      (sql) => sql`update audit_batches set sealed_at = sealed_at + interval '1 microsecond' where n = 2`,
    );
    expect(await trail.problems()).toEqual([{ kind: "chain_broken", position: 8, batch: 2 }]);
  });

  it("an anchor that is gone, was cut, or holds what nobody signed", async () => {
    const { name } = trail.anchor;
    const lines = readFileSync(trail.anchorFile, "utf8");
    const [first = ""] = lines.split("\n");
    writeFileSync(trail.anchorFile, `${first}\n`);
    expect(await trail.problems()).toEqual([{ kind: "anchor_missing", of: name }]);
    writeFileSync(trail.anchorFile, lines.replace("\\n15\\n", "\\n16\\n"));
    expect(await trail.problems()).toEqual([
      { kind: "checkpoint_forged", of: name },
      { kind: "anchor_missing", of: name },
    ]);
    rmSync(trail.anchorFile);
    expect(await trail.problems()).toEqual([{ kind: "anchor_missing", of: name }]);
  });
});
