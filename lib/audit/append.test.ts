import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { appendAudit } from "./append.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const scope = await createScope(db);
await db.transaction((tx) =>
  appendAudit(tx, scope, { action: "scan.start", object: { kind: "scan", id: "scn_1" }, before: { a: 1 } }),
);
const entries = async () => [
  ...(await db.execute(sql`select action, before::jsonb as before from audit_entries`)),
];

describe("the trail", () => {
  it.each([
    ["an update", sql`update audit_entries set action = 'nothing.happened'`],
    ["a delete", sql`delete from audit_entries`],
    ["a truncate", sql`truncate audit_entries`],
    ["a truncate of what is dated elsewhere", sql`truncate audit_entries_default`],
    [
      "an upsert",
      sql`insert into audit_entries select * from audit_entries
          on conflict (id, at) do update set action = 'nothing.happened'`,
    ],
  ])("refuses %s", async (_, statement) => {
    await expect(db.execute(statement)).rejects.toMatchObject({
      cause: { code: "42501", message: expect.stringMatching(/^audit_entries\w* is append-only/) },
    });
    expect(await entries()).toEqual([{ action: "scan.start", before: { a: 1 } }]);
  });

  it("is written in its act's transaction, or not at all", async () => {
    const act = db.transaction(async (tx) => {
      await appendAudit(tx, scope, { action: "scan.cancel", object: { kind: "scan", id: "scn_1" } });
      throw new Error("The act failed.");
    });
    await expect(act).rejects.toThrow("The act failed.");
    expect(await entries()).toHaveLength(1);
  });
});
