import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { severities } from "#lib/checks/model.ts";
import { type FindingFilter, findingFilter } from "#lib/findings/filter.ts";
import { createTestDatabase } from "../test-database.ts";
import { keepFindingCounts, keptCounts, loadKeptCounts } from "./cube/keep.ts";
import { type Facet, facets } from "./filters.ts";
import type { FacetCounts } from "./model.ts";
import { countFacets, countFindings, foldFindingCounts, listFindingGroups } from "./queries.ts";
import { findingStates, findings } from "./schema.ts";
import { noSeverities } from "./severity-counts.ts";
import { createFindingsEstate, type FindingsEstate } from "./test-estate.ts";

const open = await createTestDatabase();
const { db, sql, close } = open;
afterAll(close);

let estate: FindingsEstate;
let scope: Scope;
const checks = ["aws.s3.bucket-versioning", "azure.storage.account-https", "prowler.some_check"];
const owners = ["", "payments", "a,b%c"];
const regions = ["eu-west-1", "us-east-1"];
const cloudOf = new Map<string, string>();

type Row = typeof findings.$inferSelect;

beforeAll(async () => {
  estate = await createFindingsEstate(db);
  scope = Scope.ofSystem(estate.organisationId, "test");
  estate.accounts.forEach((id, at) => {
    cloudOf.set(id, ["aws", "azure", "gcp"][at] ?? "");
  });
  for (let at = 0; at < 120; at += 1) {
    const resourceId = await estate.addResource({ accountId: estate.accounts[at % 3] ?? "" });
    await estate.addFinding({
      resourceId,
      accountId: estate.accounts[at % 3] ?? "",
      checkId: checks[(at % 7) % 3] ?? "",
      service: (at % 7) % 3 === 1 ? "storage" : "s3",
      region: regions[at % 2] ?? "",
      severity: severities[at % 5] ?? "low",
      owner: owners[(at % 11) % 3] ?? "",
      source: (at % 7) % 3 === 2 ? "prowler" : "parapet",
      dueAt: at % 4 === 0 ? null : new Date(Date.now() + (at - 60) * 86_400_000),
    });
  }
  // Another organisation's, alike in all else, must never be counted.
  const other = await createFindingsEstate(db);
  await other.addFinding({
    resourceId: await other.addResource({}),
    owner: "payments",
    severity: "critical",
  });
});

/** One thing that people or scans do to one finding. */
const act = fc.record({
  at: fc.nat(119),
  set: fc.oneof(
    fc.constantFrom<Partial<Row>>(
      { workflow: "in_progress" },
      { workflow: "new" },
      { status: "resolved", resolvedAt: new Date() },
      { status: "open", resolvedAt: null },
      { suppression: "muted", suppressedUntil: new Date(Date.now() + 1e9) },
      { suppression: "risk_accepted", suppressedUntil: new Date(Date.now() + 1e9) },
      { suppression: null, suppressedUntil: null },
      { severity: "critical" },
      { owner: "search" },
      { region: "eu-north-1" },
      { assigneeId: null },
    ),
    fc.constantFrom(0, 1).map((at) => ({ assignee: at })),
  ),
});

const filters: fc.Arbitrary<FindingFilter> = fc
  .record({
    states: fc.subarray([...findingStates], { maxLength: 3 }),
    severities: fc.subarray([...severities], { maxLength: 2 }),
    clouds: fc.subarray(["aws", "azure", "gcp"] as const, { maxLength: 2 }),
    account: fc.option(fc.nat(2), { nil: undefined }),
    services: fc.subarray(["s3", "storage", "nowhere"], { maxLength: 1 }),
    regions: fc.subarray(regions, { maxLength: 1 }),
    checkIds: fc.subarray(checks, { maxLength: 2 }),
    nobody: fc.boolean(),
    owners: fc.subarray([...owners, "search"], { maxLength: 2 }),
    sources: fc.subarray(["parapet", "prowler"] as const, { maxLength: 1 }),
    due: fc.constantFrom("any", "any", "overdue", "soon"),
  })
  .map(({ account, nobody, ...rest }) =>
    findingFilter({
      ...rest,
      accountIds: account === undefined ? [] : [estate.accounts[account] ?? ""],
      assigneeIds: nobody ? ["", estate.people[0] ?? ""] : [],
    } as Partial<FindingFilter>),
  );

const facetValue: Record<Facet, (row: Row) => string> = {
  states: (row) => row.state,
  severities: (row) => row.severity,
  clouds: (row) => cloudOf.get(row.accountId) ?? "",
  accountIds: (row) => row.accountId,
  services: (row) => row.service,
  regions: (row) => row.region,
  checkIds: (row) => row.checkId,
  assigneeIds: (row) => row.assigneeId ?? "",
  owners: (row) => row.owner,
  sources: (row) => row.source,
};

const isDue = (row: Row, due: FindingFilter["due"], now: number) => {
  if (due === "any") return true;
  if (row.status !== "open" || row.suppression || !row.dueAt) return false;
  const at = row.dueAt.getTime();
  return due === "overdue" ? at < now : at >= now && at < now + 7 * 86_400_000;
};

const matches = (row: Row, filter: FindingFilter, without: Facet | null, now: number) =>
  isDue(row, filter.due, now) &&
  facets.every(
    (facet) =>
      facet === without ||
      filter[facet].length === 0 ||
      (filter[facet] as readonly string[]).includes(facetValue[facet](row)),
  );

type Plain = Record<Facet, Record<string, number>> & { total: number };

/** The same counts by going through every finding. */
function countOneByOne(rows: Row[], filter: FindingFilter, now: number): Plain {
  const count = (facet: Facet) => {
    const counts: Record<string, number> = {};
    for (const row of rows) {
      if (!matches(row, filter, facet, now)) continue;
      const value = facetValue[facet](row);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    return counts;
  };
  return {
    total: rows.filter((row) => matches(row, filter, null, now)).length,
    ...(Object.fromEntries(facets.map((facet) => [facet, count(facet)])) as Record<
      Facet,
      Record<string, number>
    >),
  };
}

const plain = (counts: FacetCounts): Plain => {
  const of = (list: readonly { value: string; count: number }[]) =>
    Object.fromEntries(list.map(({ value, count }) => [value, count]));
  return {
    total: counts.total,
    states: of(counts.states),
    severities: of(counts.severities),
    clouds: of(counts.clouds),
    accountIds: of(counts.accounts),
    services: of(counts.services),
    regions: of(counts.regions),
    checkIds: of(counts.checks),
    assigneeIds: of(counts.assignees),
    owners: of(counts.owners),
    sources: of(counts.sources),
  };
};

async function everyFinding(): Promise<Row[]> {
  return db.select().from(findings).where(eq(findings.organisationId, estate.organisationId));
}

async function perform({ at, set }: { at: number; set: Partial<Row> | { assignee: number } }): Promise<void> {
  const rows = (await everyFinding()).sort((a, b) => (a.id < b.id ? -1 : 1));
  const id = rows[at]?.id ?? "";
  const values = "assignee" in set ? { assigneeId: estate.people[set.assignee] ?? null } : set;
  await db.update(findings).set(values).where(eq(findings.id, id));
}

const settings = { numRuns: 25, seed: 20_260_101 };

describe.each(["by the database", "in memory"] as const)("facets counted %s", (way) => {
  let stop: (() => void) | undefined;
  beforeAll(async () => {
    if (way !== "in memory") return;
    stop = keepFindingCounts(open);
    await loadKeptCounts(db, estate.organisationId);
    expect(await keptCounts(db, estate.organisationId)).not.toBeNull();
  });
  afterAll(() => stop?.());

  it("equal what one finds going through every finding, whatever was done to them and folded", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 4 }),
        fc.boolean(),
        filters,
        async (acts, folds, filter) => {
          for (const each of acts) await perform(each);
          if (folds) await foldFindingCounts(db);
          const now = Date.now();
          const counts = await countFacets(db, scope, filter);
          const rows = await everyFinding();
          expect(plain(counts)).toEqual(countOneByOne(rows, filter, now));
          expect(counts.due).toEqual({
            overdue: countOneByOne(rows, { ...filter, due: "overdue" }, now).total,
            soon: countOneByOne(rows, { ...filter, due: "soon" }, now).total,
          });
          expect(await countFindings(db, scope, filter)).toBe(counts.total);
        },
      ),
      settings,
    );
  });

  it("put groups together from the same findings", async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom("check", "account", "owner" as const), async (filter, by) => {
        const now = Date.now();
        const { groups, total, next } = await listFindingGroups(db, scope, filter, { by, limit: 100 });
        const key = { check: facetValue.checkIds, account: facetValue.accountIds, owner: facetValue.owners }[
          by
        ];
        const wanted: Record<string, ReturnType<typeof noSeverities>> = {};
        for (const row of await everyFinding()) {
          if (!matches(row, filter, null, now)) continue;
          const group = wanted[key(row)] ?? noSeverities();
          wanted[key(row)] = group;
          group[row.severity] = (group[row.severity] ?? 0) + 1;
        }
        expect(Object.fromEntries(groups.map((group) => [group.key, group.severities]))).toEqual(wanted);
        expect({ total, next }).toEqual({ total: Object.keys(wanted).length, next: null });
      }),
      settings,
    );
  });

  it("stay exact while many write and one folds", async () => {
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let turn = 0; turn < 12; turn += 1) {
        await sql`update findings set workflow = ${turn % 2 ? "new" : "in_progress"}, assignee_id = ${estate.people[turn % 2] ?? null}
          where organisation_id = ${estate.organisationId} and abs(hashtext(id)) % 4 = ${writer}`;
      }
    });
    let over = false;
    const folder = (async () => {
      while (!over) await foldFindingCounts(db);
    })();
    const reader = (async () => {
      while (!over) {
        const { total, states } = await countFacets(db, scope, findingFilter());
        expect({ total, sum: states.reduce((sum, { count }) => sum + count, 0) }).toEqual({
          total: 120,
          sum: 120,
        });
      }
    })();
    await Promise.all(writers);
    over = true;
    await Promise.all([folder, reader]);
    const filter = findingFilter();
    expect(plain(await countFacets(db, scope, filter))).toEqual(
      countOneByOne(await everyFinding(), filter, Date.now()),
    );
  });

  it("leave out the accounts that one may not see", async () => {
    const seen = estate.accounts.slice(0, 1);
    const narrow = Scope.ofUser({
      id: estate.people[0] ?? "",
      organisationId: estate.organisationId,
      role: "analyst",
      accountIds: seen,
    });
    const rows = (await everyFinding()).filter(({ accountId }) => seen.includes(accountId));
    expect(plain(await countFacets(db, narrow, findingFilter()))).toEqual(
      countOneByOne(rows, findingFilter(), Date.now()),
    );
    const hidden = findingFilter({ accountIds: [estate.accounts[1] ?? ""] });
    expect((await countFacets(db, narrow, hidden)).total).toBe(0);
    expect(
      (await listFindingGroups(db, narrow, findingFilter(), { by: "account", limit: 9 })).groups,
    ).toMatchObject([{ key: seen[0], findings: rows.length }]);
  });
});

afterEach(async () => {
  const [row] = await sql<
    { off: number }[]
  >`select count(*)::int as off from finding_counts where findings <= 0`;
  expect(row?.off).toBe(0);
});
