import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "#lib/auth/scope.ts";
import type { Severity } from "#lib/checks/model.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import { createAccount, createOrganisation, createScope } from "../factories.ts";
import { resources } from "../resources/schema.ts";
import { createTestDatabase } from "../test-database.ts";
import { type FindingSort, findingSorts } from "./cursor.ts";
import { countFacets, getFinding, listFindings } from "./queries.ts";
import { findings, findingTransitions } from "./schema.ts";

const { db, sql, close } = await createTestDatabase();
afterAll(close);

const everything = findingFilter();
const severities: Severity[] = ["low", "critical", "medium"];

let scope: Scope;
let accountIds: string[];
let ids: string[];

async function addFinding(organisationId: string, accountId: string, at: number, name = `thing-${at}`) {
  const [resource] = await db
    .insert(resources)
    .values({
      organisationId,
      accountId,
      service: "s3",
      region: at % 2 ? "eu-west-1" : "us-east-1",
      unitRegion: at % 2 ? "eu-west-1" : "us-east-1",
      kind: "aws.s3.bucket",
      uid: `arn:aws:s3:::${name}`,
      name,
      tags: {},
      config: { at },
      unread: [],
      hash: createHash("sha256").update(name).digest(),
      verdicts: {},
      evaluatedWith: "test",
    })
    .returning();
  const opened = new Date(Date.UTC(2026, 0, 1 + Math.floor(at / 4)));
  const [finding] = await db
    .insert(findings)
    .values({
      organisationId,
      accountId,
      resourceId: resource?.id ?? "",
      checkId: "aws.s3.bucket-versioning",
      service: "s3",
      region: at % 2 ? "eu-west-1" : "us-east-1",
      severity: severities[at % 3] ?? "low",
      status: at % 5 === 4 ? "resolved" : "open",
      reason: "Versioning is off.",
      evidence: [{ path: "/versioning", value: "off" }],
      firstSeenAt: opened,
      openedAt: opened,
    })
    .returning();
  return finding?.id ?? "";
}

beforeAll(async () => {
  const organisation = await createOrganisation(db);
  scope = await createScope(db, { organisationId: organisation.id });
  const accounts = [
    await createAccount(db, { organisationId: organisation.id, name: "one" }),
    await createAccount(db, { organisationId: organisation.id, name: "two" }),
  ];
  accountIds = accounts.map(({ id }) => id);
  ids = [];
  for (let at = 0; at < 23; at += 1)
    ids.push(await addFinding(organisation.id, accountIds[at % 2] ?? "", at));
  // Moments a microsecond apart, which a JavaScript date can't tell from each other.
  await sql`update findings set opened_at = opened_at + (row_number * interval '1 microsecond')
    from (select id as other, row_number() over (order by id) from findings) n where n.other = findings.id`;
});

async function walk(sort: FindingSort, limit: number) {
  const seen: string[][] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listFindings(db, scope, everything, { sort, limit, ...(after ? { after } : {}) });
    seen.push(page.rows.map(({ id }) => id));
    if (!page.next) return seen;
    after = page.next;
  }
}

describe("listFindings", () => {
  it.each(findingSorts)("by %s shows each finding once, page by page", async (sort) => {
    const seen = await walk(sort, 5);
    const [whole] = await walk(sort, 100);
    expect(seen.flat()).toEqual(whole);
    expect(new Set(whole)).toEqual(new Set(ids));
    expect(seen.map(({ length }) => length)).toEqual([5, 5, 5, 5, 3]);
  });

  it("reads a cursor that never was one as none", async () => {
    const page = await listFindings(db, scope, everything, {
      sort: "severity",
      limit: 3,
      after: "x~y~'; --",
    });
    expect(page.rows.length).toBe(3);
  });

  it("takes % and _ in a text for themselves", async () => {
    const { organisationId } = scope;
    const odd = await addFinding(organisationId, accountIds[0] ?? "", 40, "a_100%\\b");
    const find = async (text: string) =>
      (await listFindings(db, scope, { ...everything, text }, { sort: "severity", limit: 50 })).rows.map(
        ({ id }) => id,
      );
    expect(await find("A_100%\\")).toEqual([odd]);
    expect(await find("a%b")).toEqual([]);
    expect((await find("keeps object versions")).length).toBe(ids.length + 1);
    await db.delete(findings).where(eq(findings.id, odd));
  });
});

describe("countFacets", () => {
  it("counts all there is, once", async () => {
    const { total, states } = await countFacets(db, scope, everything);
    expect({ total, states }).toEqual({
      total: ids.length,
      states: [
        { value: "new", count: ids.length - 4 },
        { value: "resolved", count: 4 },
      ],
    });
  });

  it("counts what one scan opened", async () => {
    const [findingId = ""] = ids;
    await db.insert(findingTransitions).values({
      organisationId: scope.organisationId,
      findingId,
      scanId: "scn_1",
      kind: "opened",
      reason: "Versioning is off.",
      at: new Date(),
    });
    const total = async (change: "opened" | "resolved") =>
      (await countFacets(db, scope, { ...everything, scan: { id: "scn_1", change } })).total;
    expect([await total("opened"), await total("resolved")]).toEqual([1, 0]);
  });
});

describe("another organisation", () => {
  it("finds nothing of it", async () => {
    const stranger = await createScope(db);
    const [findingId = ""] = ids;
    expect((await listFindings(db, stranger, everything, { sort: "severity", limit: 50 })).rows).toEqual([]);
    expect((await countFacets(db, stranger, everything)).total).toBe(0);
    await expect(getFinding(db, stranger, findingId)).rejects.toMatchObject({ code: "not_found" });
    expect((await getFinding(db, scope, findingId)).id).toBe(findingId);
  });
});
