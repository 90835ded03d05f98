import { afterAll, expect, it } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import { auditFilter, lastOf } from "#lib/audit/filter.ts";
import { createScope } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import { auditIntegrity } from "./integrity.ts";
import { auditPerformance } from "./performance.ts";
import { auditStatistics } from "./statistics.ts";
import { auditTimeline } from "./timeline.ts";
import { auditErrors } from "./trouble.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const scope = await createScope(db, { role: "auditor" });
const object = { kind: "scan", id: "scn_1" };
await db.transaction(async (tx) => {
  for (const durationMs of [10, 20, 30])
    await appendAudit(tx, scope, { action: "scan.start", object, durationMs });
  await appendAudit(tx, scope, {
    action: "session.refuse",
    object,
    result: "refused",
    after: { reason: "password" },
  });
});
const day = () => lastOf(86_400_000, Date.now() + 1_000);

it("all of it answers", async () => {
  expect((await auditTimeline(db, scope, auditFilter(), day())).total).toEqual({
    done: 3,
    refused: 1,
    failed: 0,
  });
  expect(await auditStatistics(db, scope, day())).toMatchObject({
    total: { done: 3, refused: 1, failed: 0 },
  });
  expect(await auditErrors(db, scope, day())).toMatchObject({
    total: 1,
    kinds: [{ action: "session.refuse", reason: "password", count: 1, before: 0 }],
  });
  expect(await auditPerformance(db, scope, day())).toMatchObject({
    actions: [{ action: "scan.start", count: 3, minMs: 10, maxMs: 30, meanMs: 20 }],
  });
  expect(await auditIntegrity(db, scope)).toMatchObject({
    state: "unproven",
    sealed: 0,
    pending: { count: 4 },
  });
});
