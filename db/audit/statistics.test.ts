import { afterAll, expect, it } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import { auditFilter, lastOf } from "#lib/audit/filter.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createScope, createUser } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import { readRows } from "./entries.ts";
import { auditIntegrity, judge } from "./integrity.ts";
import type { AuditIntegrity } from "./model.ts";
import { auditPerformance } from "./performance.ts";
import { listHistory } from "./queries.ts";
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

it.each<[string, (scope: Scope) => Promise<unknown>]>([
  ["the timeline", (as) => auditTimeline(db, as, auditFilter(), day())],
  ["statistics", (as) => auditStatistics(db, as, day())],
  ["errors", (as) => auditErrors(db, as, day())],
  ["performance", (as) => auditPerformance(db, as, day())],
  ["integrity", (as) => auditIntegrity(db, as)],
  ["rows", (as) => readRows(db, as, auditFilter())],
  ["history", (as) => listHistory(db, as, { kind: "scan", id: "scn_1" })],
])("%s: nobody's who may not read the trail, or sees some accounts alone", async (_, read) => {
  const { id, organisationId } = await createUser(db, { organisationId: scope.organisationId });
  const user = { id, organisationId, role: "auditor" as const };
  await expect(read(Scope.ofUser({ ...user, accountIds: [] }))).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(Scope.ofUser({ ...user, role: "analyst" }))).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(Scope.ofUser(user))).resolves.toBeDefined();
});

const found = (changes: Partial<Omit<AuditIntegrity, "state" | "reasons">>) => ({
  ...{ sealed: 10, batches: 1, lastSealedAt: "2026-01-01T00:00:00.000Z", blockedBy: null, anchors: [] },
  pending: { count: 0, atLeast: false, oldestAt: null },
  checkpoint: { size: 10, root: "", at: "2026-01-01T00:00:30.000Z", keyId: "k1", note: "" },
  verification: { all: verified(true), tail: null },
  ...changes,
});
const verified = (ok: boolean, endedAt = "2026-01-01T00:09:00.000Z") => ({
  ...{ id: "ver_1", ok, from: 0, to: 10, startedAt: "", endedAt },
  problems: ok ? [] : [{ kind: "changed" as const, detail: "Entry 3 was changed." }],
});

it.each<[string, Parameters<typeof found>[0], ReturnType<typeof judge>]>([
  ["sound", {}, { state: "sound", reasons: [] }],
  [
    "broken",
    { verification: { all: verified(false), tail: verified(true) } },
    { state: "broken", reasons: ["Entry 3 was changed."] },
  ],
  [
    "behind",
    { pending: { count: 1, atLeast: false, oldestAt: "2026-01-01T00:01:00.000Z" } },
    {
      state: "behind",
      reasons: ["1 entry has waited to be sealed for more than a minute. Is a worker running?"],
    },
  ],
  [
    "behind",
    {
      pending: { count: 7, atLeast: false, oldestAt: "2026-01-01T00:01:00.000Z" },
      blockedBy: { sinceMs: 300_000, application: "psql" },
    },
    {
      state: "behind",
      reasons: ["7 entries wait to be sealed for a transaction that psql has kept open for 300 s."],
    },
  ],
  [
    "behind",
    { sealed: 12 },
    { state: "behind", reasons: ["No checkpoint has been signed for what was sealed last."] },
  ],
  [
    "behind",
    { anchors: [{ name: "file:x", size: 3, at: null, error: "No space.", failingSince: null }] },
    { state: "behind", reasons: ["The anchor file:x fails: No space."] },
  ],
  [
    "behind",
    {
      verification: {
        all: verified(true, "2025-12-31T23:00:00.000Z"),
        tail: verified(true, "2025-12-31T23:54:00.000Z"),
      },
    },
    {
      state: "behind",
      reasons: ["Nothing has been verified for more than 15 minutes. Is a worker running?"],
    },
  ],
  [
    "behind",
    { verification: { all: verified(true, "2025-12-28T00:00:00.000Z"), tail: verified(true) } },
    { state: "behind", reasons: ["The whole trail has not been verified for more than three days."] },
  ],
  [
    "unproven",
    { verification: { all: null, tail: null } },
    { state: "unproven", reasons: ["Nothing of the trail has been verified yet."] },
  ],
])("is %s", (_, changes, judged) => {
  expect(judge(found(changes), Date.parse("2026-01-01T00:10:00.000Z"))).toEqual(judged);
});
