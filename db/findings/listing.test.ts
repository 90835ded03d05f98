import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { severities } from "#lib/checks/model.ts";
import { type FindingFilter, findingFilter } from "#lib/findings/filter.ts";
import { createTestDatabase } from "../test-database.ts";
import { keepFindingCounts, loadKeptCounts } from "./cube/keep.ts";
import { type FindingSort, findingSorts } from "./cursor.ts";
import { getFinding, listFindingGroups, listFindings, readFindingRows } from "./queries.ts";
import { findings } from "./schema.ts";
import { createFindingsEstate, type FindingsEstate } from "./test-estate.ts";

const open = await createTestDatabase();
const { db, sql, close } = open;
afterAll(close);

let estate: FindingsEstate;
let scope: Scope;
let resourceIds: string[];

const filters: Record<string, () => FindingFilter> = {
  everything: () => findingFilter(),
  open: () => findingFilter({ states: ["new", "in_progress"] }),
  "two states of two statuses": () => findingFilter({ states: ["muted", "resolved"] }),
  "a rare service": () => findingFilter({ services: ["kms"] }),
  "two severities": () => findingFilter({ severities: ["high", "info"] }),
  "a common name": () => findingFilter({ text: "thing" }),
  "a rare name": () => findingFilter({ text: "THING-7" }),
  "a check's title": () => findingFilter({ text: "keeps object versions" }),
  "what is overdue": () => findingFilter({ due: "overdue" }),
  "one cloud": () => findingFilter({ clouds: ["azure"] }),
  "nobody's": () => findingFilter({ assigneeIds: [""] }),
};

beforeAll(async () => {
  estate = await createFindingsEstate(db);
  scope = Scope.ofSystem(estate.organisationId, "test");
  resourceIds = [];
  for (let at = 0; at < 40; at += 1) {
    const accountId = estate.accounts[at % 3] ?? "";
    resourceIds.push(await estate.addResource({ accountId, name: `thing-${at}` }));
  }
  for (let at = 0; at < 160; at += 1) {
    const resource = at % 40;
    await estate.addFinding({
      resourceId: resourceIds[resource] ?? "",
      accountId: estate.accounts[resource % 3] ?? "",
      checkId: at < 40 ? "aws.s3.bucket-versioning" : `prowler.check_${Math.floor(at / 40)}`,
      service: at % 23 === 0 ? "kms" : "s3",
      severity: severities[at % 5] ?? "low",
      // Many of the same moment and of the same date, and some without one.
      openedAt: new Date(Date.UTC(2026, 0, 1 + (at % 4))),
      dueAt: at % 6 === 0 ? null : new Date(Date.UTC(2026, at % 3 === 0 ? 11 : 1, 1 + (at % 3))),
      status: at % 5 === 4 ? "resolved" : "open",
      ...(at % 7 === 3
        ? { suppression: "muted" as const, suppressedUntil: new Date(Date.UTC(2027, 0)) }
        : {}),
      assigneeId: at % 3 === 0 ? estate.people[0] : null,
    });
  }
  // Moments a microsecond apart, which a JavaScript date can't tell from each other.
  await sql`update findings set opened_at = opened_at + (abs(hashtext(id)) % 3) * interval '1 microsecond'`;
  const other = await createFindingsEstate(db);
  await other.addFinding({ resourceId: await other.addResource({ name: "thing-7" }), severity: "critical" });
});

async function walk(filter: FindingFilter, sort: FindingSort, limit: number): Promise<string[]> {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listFindings(db, scope, filter, { sort, limit, ...(after ? { after } : {}) });
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  return seen;
}

/** What a sort means, said once more in plain SQL. */
const plainOrder: Record<FindingSort, string> = {
  severity: "severity desc, opened_at desc, id desc",
  newest: "opened_at desc, id desc",
  oldest: "opened_at, id",
  due: "due_at nulls last, id",
};

/** All ids in a sort's order, of those findings that the filter's own words choose one by one. */
async function idsInOrder(filter: FindingFilter, sort: FindingSort): Promise<string[]> {
  const rows = await sql.unsafe<
    {
      id: string;
      state: string;
      severity: string;
      service: string;
      name: string;
      check: string;
      cloud: string;
      due: Date;
      assignee: string | null;
      open: boolean;
    }[]
  >(`select f.id, f.state, f.severity::text, f.service, r.name, f.check_id as check, a.cloud, f.due_at as due, f.assignee_id as assignee,
      f.status = 'open' and f.suppression is null as open
    from findings f join resources r on r.id = f.resource_id join accounts a on a.id = f.account_id
    where f.organisation_id = '${estate.organisationId}' order by ${plainOrder[sort].replaceAll(/(severity|opened_at|due_at|id)\b/g, "f.$1")}`);
  const among = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);
  return rows
    .filter(
      (row) =>
        among(filter.states, row.state) &&
        among(filter.severities, row.severity) &&
        among(filter.services, row.service) &&
        among(filter.clouds, row.cloud) &&
        among(filter.assigneeIds, row.assignee ?? "") &&
        (filter.due === "any" || (row.open && row.due && new Date(row.due).getTime() < Date.now())) &&
        (row.name.includes(filter.text.toLowerCase()) ||
          (filter.text === "keeps object versions" && row.check === "aws.s3.bucket-versioning")),
    )
    .map(({ id }) => id);
}

describe.each(["without", "with"] as const)("lists %s counts in memory", (counts) => {
  let stop: (() => void) | undefined;
  beforeAll(async () => {
    if (counts === "without") return;
    stop = keepFindingCounts(open);
    await loadKeptCounts(db, estate.organisationId);
  });
  afterAll(() => stop?.());

  describe.each(Object.keys(filters))("of %s", (name) => {
    it.each(findingSorts)("show each finding once, page by page, by %s", async (sort) => {
      const filter = filters[name]?.() ?? findingFilter();
      const wanted = await idsInOrder(filter, sort);
      expect(wanted.length).toBeGreaterThan(0);
      expect(await walk(filter, sort, 7)).toEqual(wanted);
    });

    it("group by resource in the order of each resource's first finding", async () => {
      const filter = filters[name]?.() ?? findingFilter();
      const ids = await idsInOrder(filter, "severity");
      const resourceOf = new Map(
        (await db.select({ id: findings.id, resourceId: findings.resourceId }).from(findings)).map((row) => [
          row.id,
          row.resourceId,
        ]),
      );
      const wanted = Map.groupBy(ids, (id) => resourceOf.get(id) ?? "");
      const seen: [string, number][] = [];
      let after: string | undefined;
      do {
        const page = await listFindingGroups(db, scope, filter, {
          by: "resource",
          limit: 6,
          ...(after ? { after } : {}),
        });
        seen.push(...page.groups.map(({ key, findings: count }): [string, number] => [key, count]));
        after = page.next ?? undefined;
      } while (after);
      expect(seen).toEqual([...wanted].map(([key, members]) => [key, members.length]));
    });
  });

  it.each(["check", "account", "owner"] as const)("page through groups by %s", async (by) => {
    const whole = await listFindingGroups(db, scope, findingFilter(), { by, limit: 100 });
    const seen = [];
    let after: string | undefined;
    do {
      const page = await listFindingGroups(db, scope, findingFilter(), {
        by,
        limit: 2,
        ...(after ? { after } : {}),
      });
      seen.push(...page.groups);
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual(whole.groups);
    expect(whole.groups.reduce((sum, group) => sum + group.findings, 0)).toBe(160);
  });
});

describe("what one may not see", () => {
  it("is neither listed, grouped, read by id nor shown", async () => {
    const narrow = Scope.ofUser({
      id: estate.people[0] ?? "",
      organisationId: estate.organisationId,
      role: "analyst",
      accountIds: [estate.accounts[0] ?? ""],
    });
    const [hidden] = await db
      .select()
      .from(findings)
      .where(eq(findings.accountId, estate.accounts[1] ?? ""));
    const id = hidden?.id ?? "";
    const { rows } = await listFindings(db, narrow, findingFilter(), { sort: "newest", limit: 200 });
    expect(new Set(rows.map(({ account }) => account.id))).toEqual(new Set([estate.accounts[0]]));
    expect(await readFindingRows(db, narrow, [id])).toEqual([]);
    await expect(getFinding(db, narrow, id)).rejects.toMatchObject({ code: "not_found" });
    const wanted = findingFilter({ resourceIds: [hidden?.resourceId ?? ""] });
    expect((await listFindings(db, narrow, wanted, { sort: "due", limit: 9 })).rows).toEqual([]);
    expect((await listFindingGroups(db, narrow, wanted, { by: "resource", limit: 9 })).groups).toEqual([]);
    expect((await getFinding(db, scope, id)).id).toBe(id);
  });

  it("is all there is of another organisation", async () => {
    const other = await createFindingsEstate(db);
    const stranger = Scope.ofSystem(other.organisationId, "test");
    expect(await listFindings(db, stranger, findingFilter(), { sort: "severity", limit: 9 })).toEqual({
      rows: [],
      next: null,
    });
    const [mine] = await db.select().from(findings).where(eq(findings.organisationId, estate.organisationId));
    await expect(getFinding(db, stranger, mine?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
  });
});

it("reads a cursor that never was one as none", async () => {
  const first = await listFindings(db, scope, findingFilter(), { sort: "severity", limit: 3 });
  for (const after of [
    "x~y~'; --",
    "\0",
    "~~~",
    `critical~2026-01-01T00:00:00.000000Z~~${"x".repeat(999)}`,
  ]) {
    expect(await listFindings(db, scope, findingFilter(), { sort: "severity", limit: 3, after })).toEqual(
      first,
    );
  }
});
