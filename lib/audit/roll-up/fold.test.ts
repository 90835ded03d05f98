import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditPerformance } from "#db/audit/performance.ts";
import { auditStatistics } from "#db/audit/statistics.ts";
import { auditTimeline } from "#db/audit/timeline.ts";
import { auditErrors } from "#db/audit/trouble.ts";
import { createOrganisation, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../../auth/scope.ts";
import { auditFilter } from "../filter.ts";
import { sealPending } from "../seal/seal.ts";
import { foldSealed } from "./fold.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const { id: organisationId } = await createOrganisation(db);
const maria = await createUser(db, { organisationId, role: "auditor", name: "Maria" });
const scope = Scope.ofUser(maria);
const until = new Date(Date.now() + 60_000);
const hour = 3_600_000;

/** Entries over the last 40 days, one every 20 minutes, of which every fifth failed. Nobody proves these. */
const insert = (every: string, organisation = organisationId) =>
  db.execute(sql`
    insert into audit_entries (entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind, object_id, result,
      duration_ms, correlation_id, after)
    select 'ent_' || gen_random_uuid(), date_trunc('milliseconds', clock_timestamp() - n * ${every}::interval), ${organisation},
      case n % 3 when 0 then 'system' else 'user' end, case n % 3 when 0 then 'worker' else ${maria.id} end,
      case n % 2 when 0 then 'scan.start' else 'plan.run' end, 'scan', 'scn_1',
      case n % 5 when 0 then 'failed' else 'done' end, n % 1000 + 1, 'c',
      case n % 5 when 0 then '{"error":"Node ' || n || ' is down"}' end
    from generate_series(1, 2880) n`);

/** What the entries themselves say. */
async function direct(from: Date, to: Date) {
  const where = sql`organisation_id = ${organisationId} and at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz`;
  const [row] = await db.execute<Record<"done" | "failed" | "maria" | "p95" | "total" | "max", string>>(sql`
    select count(*) filter (where result = 'done') as done, count(*) filter (where result = 'failed') as failed,
      count(*) filter (where actor_id = ${maria.id}) as maria,
      percentile_cont(0.95) within group (order by duration_ms) filter (where result = 'done' and action = 'scan.start') as p95,
      sum(duration_ms) filter (where result = 'done' and action = 'scan.start') as total,
      max(duration_ms) filter (where result = 'done' and action = 'scan.start') as max
    from audit_entries where ${where}`);
  if (!row) throw new Error("There is always a row.");
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)]));
}

async function expectExact(from: Date, to: Date) {
  const told = await direct(from, to);
  const range = { from, to };
  const statistics = await auditStatistics(db, scope, range);
  expect(statistics.total).toEqual({ done: told.done, failed: told.failed, refused: 0 });
  expect(statistics.countedTo).toBeNull();
  const counts = statistics.actors.find(({ actor }) => actor.id === maria.id)?.counts;
  expect((counts?.done ?? 0) + (counts?.failed ?? 0)).toBe(told.maria);
  expect(statistics.hours.reduce((sum, each) => sum + each, 0)).toBe((told.done ?? 0) + (told.failed ?? 0));
  const all = await auditTimeline(db, scope, auditFilter(), range);
  expect(all.total).toEqual(statistics.total);
  const mine = await auditTimeline(
    db,
    scope,
    auditFilter({ actors: [maria.id], actions: ["scan.*"] }),
    range,
  );
  const raw = await auditTimeline(
    db,
    scope,
    auditFilter({ actors: [maria.id], actions: ["scan.*"], objectKind: "scan" }),
    range,
  );
  expect(mine.bars).toEqual(raw.bars);
  const { kinds, total } = await auditErrors(db, scope, range);
  expect(total).toBe(told.failed);
  expect(new Set(kinds.map(({ reason }) => reason))).toEqual(new Set(["Node # is down"]));
  const { actions } = await auditPerformance(db, scope, range);
  const scan = actions.find(({ action }) => action === "scan.start");
  expect(scan?.maxMs).toBe(told.max);
  expect((scan?.meanMs ?? 0) * (scan?.count ?? 0)).toBeCloseTo(told.total ?? 0, -1);
  expect(Math.abs((scan?.p95Ms ?? 0) / (told.p95 ?? 1) - 1)).toBeLessThan(0.06);
}

const ranges: [string, Date, Date][] = [
  ["a day that ends now", new Date(Date.now() - 24 * hour), until],
  ["thirty days", new Date(Date.now() - 720 * hour), until],
  ["days that are over", new Date(Date.now() - 500.3 * hour), new Date(Date.now() - 100.7 * hour)],
  ["within an hour or two", new Date(Date.now() - 90.2 * hour), new Date(Date.now() - 89.1 * hour)],
];

beforeAll(async () => {
  await insert("20 minutes");
  await insert("20 minutes", (await createOrganisation(db)).id);
});

it.each(ranges)("is exact before anything was counted: %s", (_, from, to) => expectExact(from, to));

it("counts everything that was sealed, once", async () => {
  await sealPending(db, { batchSize: 700 });
  expect(await Promise.all([foldSealed(db), foldSealed(db)])).toEqual(expect.arrayContaining([5_760]));
  expect(await foldSealed(db)).toBe(0);
});

it.each(ranges)("is exact by counters: %s", (_, from, to) => expectExact(from, to));

it("is exact with some sealed and not counted, and some not even sealed", async () => {
  await insert("10 minutes");
  await sealPending(db);
  await insert("11 minutes");
  for (const [, from, to] of ranges) await expectExact(from, to);
});

it("says to when it counts once too much waits", async () => {
  await db.execute(sql`
    insert into audit_entries (entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind, object_id, correlation_id)
    select 'ent_' || gen_random_uuid(), date_trunc('milliseconds', clock_timestamp()), ${organisationId}, 'system', 'worker',
      'scan.end', 'scan', 'scn_1', 'c' from generate_series(1, 21000)`);
  const behind = await auditStatistics(db, scope, { from: new Date(Date.now() - 24 * hour), to: until });
  expect(behind.countedTo).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(behind.actions.map(({ action }) => action)).not.toContain("scan.end");
  await sealPending(db);
  expect(await foldSealed(db)).toBe(21_000 + 2 * 2_880);
  const counted = await auditStatistics(db, scope, { from: new Date(Date.now() - 24 * hour), to: until });
  expect(counted).toMatchObject({
    countedTo: null,
    actions: [{ action: "scan.end", counts: { done: 21_000 } }, {}, {}],
  });
});

it("says what grew slower", async () => {
  const acts = (ms: number, ago: string) =>
    db.execute(sql`
      insert into audit_entries (entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind, object_id, duration_ms, correlation_id)
      select 'ent_' || gen_random_uuid(), date_trunc('milliseconds', clock_timestamp() - ${ago}::interval), ${organisationId},
        'system', 'worker', 'mail.send', 'mail', 'm', ${ms} + n, 'c' from generate_series(1, 40) n`);
  await acts(100, "3 days");
  await acts(300, "1 hour");
  const { actions } = await auditPerformance(db, scope, {
    from: new Date(Date.now() - 24 * hour),
    to: until,
  });
  expect(actions[0]).toMatchObject({
    action: "mail.send",
    count: 40,
    minMs: 301,
    maxMs: 340,
    baseline: { count: 40 },
  });
  expect(actions[0]?.worse).toBeGreaterThan(2);
  expect(actions.filter(({ worse }) => worse !== null)).toHaveLength(1);
});

it.each([
  [null, ""],
  ['{"code":"forbidden","error":"No."}', "forbidden"],
  [
    '{"error":"not authorized to perform ec2:Run on i-0123456789abcdef0 of 123456789012"}',
    "not authorized to perform ec2:Run on i-# of #",
  ],
  ['{"reason":"Plan pln_019a8c4411220123456789abcdef is gone"}', "Plan # is gone"],
  ['{"reason":{"personal":"email"},"message":"x"}', "x"],
  ["[1]", ""],
  ["{", ""],
])("tells the kind of trouble of %s", async (after, reason) => {
  const [row] = await db.execute(sql`select audit_reason(${after}) as reason`);
  expect(row).toEqual({ reason });
});
