import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import {
  addBucket,
  carryOut,
  createPlanWorld,
  draftPlan,
  finishPlanning,
  submittedPlan,
} from "#lib/remediation/test-plans.ts";
import { cancelPlan } from "#lib/remediation/verbs/cancel-plan.ts";
import { decidePlan } from "#lib/remediation/verbs/decide-plan.ts";
import { createAccount } from "../factories.ts";
import { resources } from "../resources/schema.ts";
import { createTestDatabase } from "../test-database.ts";
import type { PlanList } from "./model.ts";
import {
  findingFixes,
  getPlan,
  listPlanEvents,
  listPlans,
  listPlaybooks,
  playbooksFor,
  readPlanCursor,
} from "./queries.ts";
import { remediationEvents } from "./schema.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

const world = await createPlanWorld(db, 2);
const { scopes, users, organisationId, accountId } = world;
const [first = "", second = ""] = world.findingIds;
const one = { findingIds: [first] };
const made: Record<"draft" | "asked" | "approved" | "ended" | "cancelled", string> = {
  ...{ draft: "", asked: "", approved: "", ended: "", cancelled: "" },
};
const wait = { runWhenApproved: false };

async function approve({ planId, hash }: { planId: string; hash: string }): Promise<string> {
  await decidePlan(db, scopes.ciso, { planId, hash, decision: "approve" });
  return planId;
}

beforeAll(async () => {
  made.ended = await approve(await submittedPlan(db, one, scopes.analyst, wait));
  await carryOut(db, made.ended);
  made.approved = await approve(await submittedPlan(db, one, scopes.analyst, wait));
  made.asked = (await submittedPlan(db, one, scopes.manager)).planId;
  made.cancelled = (await submittedPlan(db, { findingIds: [second] }, scopes.analyst)).planId;
  await cancelPlan(db, scopes.analyst, { planId: made.cancelled });
  made.draft = await draftPlan(db, one, scopes.analyst);
});

describe("lists of plans", () => {
  const idsOf = async (list: PlanList, scope: Scope) =>
    (await listPlans(db, scope, { list, limit: 50 })).plans.map(({ id }) => id);

  it("hold what they are called by, the newest first", async () => {
    const { draft, asked, approved, ended, cancelled } = made;
    expect(await idsOf("waiting", scopes.ciso)).toEqual([asked]);
    expect(await idsOf("own", scopes.analyst)).toEqual([draft, cancelled, approved, ended]);
    expect(await idsOf("own", scopes.auditor)).toEqual([]);
    expect(await idsOf("active", scopes.auditor)).toEqual([approved]);
    expect(await idsOf("ended", scopes.auditor)).toEqual([cancelled, ended]);
    // A draft is nobody's but the one's who makes it.
    expect(await idsOf("all", scopes.auditor)).toEqual([cancelled, asked, approved, ended]);
    expect(await idsOf("all", scopes.analyst)).toEqual([draft, cancelled, asked, approved, ended]);
    expect(await idsOf("all", (await createPlanWorld(db, 0)).scopes.ciso)).toEqual([]);
  });

  it("come page by page, each plan once", async () => {
    const told: string[] = [];
    let after: string | undefined;
    do {
      const page = await listPlans(db, scopes.analyst, { list: "all", limit: 2, after });
      expect(page.plans.length).toBeLessThanOrEqual(2);
      told.push(...page.plans.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(told).toEqual(await idsOf("all", scopes.analyst));
    for (const cursor of ["", "x", "2026-99-99T00:00:00.000000Z~pln_1", "2026-01-01T00:00:00.000000Z~'"]) {
      expect(readPlanCursor(cursor)).toBeNull();
    }
  });

  it("narrow to a playbook and to a finding", async () => {
    const page = { list: "all", limit: 50 } as const;
    const ids = async (given: { playbook?: string; findingId?: string }) =>
      (await listPlans(db, scopes.auditor, { ...page, ...given })).plans.map(({ id }) => id);
    expect(await ids({ findingId: second })).toEqual([made.cancelled]);
    expect(await ids({ playbook: "AWS-NONE" })).toEqual([]);
    expect(await ids({ playbook: "AWS-PUBLIC-S3", findingId: first })).toEqual([
      ...[made.asked, made.approved, made.ended],
    ]);
  });

  it("are read by their index", async () => {
    await db.execute(sql`analyze remediation_plans`);
    const plans = await db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      await tx.execute(sql`set local enable_sort = off`);
      return Promise.all(
        [sql`p.organisation_id = ${organisationId}`, sql`p.requested_by = ${users.analyst.id}`].map((which) =>
          tx.execute(sql`
            explain select p.id from remediation_plans p where ${which}
              and (p.requested_at, p.id) < (now(), 'pln_z')
            order by p.requested_at desc nulls last, p.id desc nulls last limit 2
          `),
        ),
      );
    });
    const [all, own] = plans.map((rows) => JSON.stringify(rows));
    expect(all).toContain("remediation_plans_newest");
    expect(own).toContain("remediation_plans_own");
  });
});

describe("what is known of a plan", () => {
  it("says what else hangs on its resources, as far as the reader sees it", async () => {
    const { id: otherId } = await createAccount(db, { organisationId, name: "elsewhere" });
    const add = async (account: string, name: string) => {
      const { resourceId } = await addBucket(db, organisationId, account, name);
      // A distribution that serves the bucket.
      await db.execute(sql`
        update resources set kind = 'aws.cloudfront.distribution',
          config = ${JSON.stringify({ origins: ["arn:aws:s3:::bucket-1"] })}::jsonb where id = ${resourceId}
      `);
      return { id: resourceId, kind: "aws.cloudfront.distribution", name };
    };
    const here = await add(accountId, "here");
    const there = await add(otherId, "there");
    const { blastRadius } = await getPlan(db, scopes.ciso, made.asked);
    expect(blastRadius).toEqual({
      resources: 1,
      accounts: [{ id: accountId, name: "production", cloud: "aws", environment: null, resources: 1 }],
      ...{ dependents: 2, dependentSamples: [here, there], tags: [{ tag: "owner=web", resources: 1 }] },
    });
    const limited = Scope.ofUser({ ...users.ciso, accountIds: [accountId] });
    expect((await getPlan(db, limited, made.asked)).blastRadius).toMatchObject({
      ...{ dependents: 1, dependentSamples: [here] },
    });
    expect(await db.$count(resources)).toBeGreaterThan(3);
  });

  it("tells what happened in order, and from a point on", async () => {
    await db.insert(remediationEvents).values(
      ["begun", "call", "ended"].map((kind, index) => ({
        ...{ planId: made.ended, kind, detail: { index }, ms: index },
      })),
    );
    const events = await listPlanEvents(db, scopes.auditor, made.ended);
    expect(events.map(({ kind, detail, ms }) => ({ kind, detail, ms }))).toEqual([
      { kind: "begun", detail: { index: 0 }, ms: 0 },
      { kind: "call", detail: { index: 1 }, ms: 1 },
      { kind: "ended", detail: { index: 2 }, ms: 2 },
    ]);
    const after = events[1]?.id ?? 0;
    expect(await listPlanEvents(db, scopes.auditor, made.ended, { after })).toEqual(events.slice(2));
  });

  it("says of a finding where its newest fix stands, but for drafts of others and those that were dropped", async () => {
    const ids = [first, second];
    const { asked, draft } = made;
    const fix = { playbook: "AWS-PUBLIC-S3", title: "Close a public S3 bucket", targetState: "waiting" };
    expect(Object.fromEntries(await findingFixes(db, scopes.auditor, ids))).toEqual({
      [first]: {
        ...{ ...fix, id: asked, state: "awaiting_approval", requestedAt: expect.any(String) },
        ...{ requestedBy: { id: users.manager.id, name: "manager" }, expiresAt: expect.any(String) },
      },
      [second]: expect.objectContaining({ id: made.cancelled, state: "cancelled" }),
    });
    expect((await findingFixes(db, scopes.analyst, ids)).get(first)).toMatchObject({
      ...{ id: draft, state: "draft", expiresAt: null },
    });
    await finishPlanning(db, draft);
    await cancelPlan(db, scopes.analyst, { planId: draft });
    expect((await findingFixes(db, scopes.analyst, ids)).get(first)).toMatchObject({ id: asked });
  });
});

describe("playbooks", () => {
  it("are offered by how many of the findings they fix", async () => {
    const acl = "aws.s3.bucket-public-access";
    const offers = await playbooksFor(db, scopes.auditor, [acl, acl, "aws.s3.none"]);
    expect(offers.map(({ playbook, findings }) => [playbook.id, findings])).toEqual([["AWS-PUBLIC-S3", 2]]);
    expect(await playbooksFor(db, scopes.auditor, [])).toEqual([]);
  });

  it("count what they would fix, in the accounts that the reader sees", async () => {
    const place = sql`${organisationId}, ${accountId}, 's3', 'eu-west-1'`;
    await db.execute(sql`
      insert into check_counters (organisation_id, account_id, service, region, check_id, fail)
      values (${place}, 'aws.s3.bucket-public-access', 3), (${place}, 'aws.s3.bucket-block-public-access', 4)
    `);
    const open = async (scope: Scope) =>
      (await listPlaybooks(db, scope)).find(({ id }) => id === "AWS-PUBLIC-S3")?.openFindings;
    expect(await open(scopes.auditor)).toBe(7);
    expect(await open(Scope.ofUser({ ...users.auditor, accountIds: [] }))).toBe(0);
  });
});
