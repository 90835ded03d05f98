import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import { changeFindings } from "../change-findings.ts";
import { createEstate, readActivity, readFinding } from "../test-findings.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const isWaiting = async () => {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `);
  return (row?.n ?? 0) > 0;
};

it("repeats a change that a scan and it kept each other from", { timeout: 30_000 }, async () => {
  const { ids, scopeOf } = await createEstate(db, 2);
  const [first = "", second = ""] = ids;
  const scope = await scopeOf("analyst");
  let changing: Promise<unknown> | undefined;
  // As a scan does, which writes findings in an order of its own. Who waited first is the one that is ended.
  await db.transaction(async (tx) => {
    await tx.execute(sql`update findings set reason = 'Seen.' where id = ${second}`);
    changing = changeFindings(db, scope, {
      target: { ids },
      change: { act: "workflow", workflow: "in_progress" },
    });
    while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 10));
    await tx.execute(sql`update findings set reason = 'Seen.' where id = ${first}`);
  });
  expect(await changing).toMatchObject({ status: "done", changed: 2, skipped: 0 });
  for (const id of ids) {
    expect(await readFinding(db, id)).toMatchObject({
      reason: "Seen.",
      workflow: "in_progress",
      revision: 2,
    });
    expect(await readActivity(db, id)).toHaveLength(1);
  }
});
