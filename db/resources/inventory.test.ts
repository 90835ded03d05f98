import { afterAll, describe, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { type ResourceFilter, resourceFilter } from "#lib/inventory/resource-filter.ts";
import { recountResources } from "#lib/scans/store/count-resources.ts";
import { createAccount, createOrganisation, createScope, createUser } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import { getResource, readSnapshots } from "./detail.ts";
import { countResourceFacets, countResources, listTagKeys, listTagValues } from "./facets.ts";
import { listResources } from "./list.ts";
import { type ResourceSort, resourceSorts } from "./model.ts";
import { listRelations } from "./relations.ts";
import { createFinding, createResource, createVersion } from "./test-inventory.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const hostile = [
  "'; drop table resources; --",
  "%_\\",
  "<script>",
  "\u202etxt.exe",
  "a,b=c&d",
  "",
  "É\u0301😀",
  "x".repeat(3_000),
];

/** An inventory of 60 resources in two accounts, of three kinds, some gone, some with findings, with hostile names. */
async function inventory() {
  const { id: organisationId } = await createOrganisation(db);
  const [one, two] = [
    await createAccount(db, { organisationId, name: "one" }),
    await createAccount(db, { organisationId, name: "two", cloud: "azure" }),
  ];
  const scope = Scope.ofSystem(organisationId, "test");
  const severities = ["critical", "high", "medium", "low", "info"] as const;
  const rows = [];
  for (let n = 0; n < 60; n += 1) {
    const azure = n % 3 === 0;
    const kind = azure ? "azure.storage.account" : n % 3 === 1 ? "aws.s3.bucket" : "aws.ec2.instance";
    const service = kind.split(".")[1] ?? "";
    const row = await createResource(db, {
      organisationId,
      accountId: azure ? two.id : one.id,
      kind,
      service,
      region: `region-${n % 4}`,
      name: hostile[n % 12] ?? `name-${n % 7}`,
      uid: `uid:${n}:${hostile[n % 10] ?? ""}`.slice(0, 500),
      tags: {
        env: n % 2 ? "prod" : "dev",
        ...(n % 5 ? { owner: `team-${n % 5}` } : {}),
        "a=b,c": hostile[n % 5] ?? "",
      },
      deletedAt: n % 10 === 9 ? new Date() : null,
      // Many at the same moment, so that the id has to tell them apart.
      changedAt: new Date(Date.UTC(2026, 1, 1 + (n % 6))),
    });
    for (let found = 0; found < n % 4; found += 1) {
      await createFinding(db, row, {
        severity: severities[(n + found) % 5] ?? "low",
        ...(found === 2 ? { status: "resolved" as const, resolvedAt: new Date() } : {}),
        ...(n % 8 === 1 ? { suppression: "muted" as const, suppressedUntil: new Date("2099-01-01") } : {}),
      });
    }
    rows.push(row);
  }
  for (const account of [one, two]) {
    for (const service of ["s3", "ec2", "storage"]) {
      await db.transaction((tx) =>
        recountResources(tx, { organisationId, accountId: account.id, service, region: "eu-west-1" }),
      );
    }
  }
  return { organisationId, scope, one, two, rows };
}

const world = await inventory();
const { scope, one, two, rows } = world;

async function listAll(filter: ResourceFilter, sort: ResourceSort, as = scope): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await listResources(db, as, filter, { sort, limit: 7, after });
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  return ids;
}

const filters: Record<string, Partial<ResourceFilter>> = {
  everything: {},
  "a kind": { kinds: ["aws.s3.bucket"] },
  "a cloud and a region": { clouds: ["azure"], regions: ["region-1", "region-2"] },
  "an account": { accountIds: [one.id] },
  "no owner": { owners: [""] },
  "what is gone": { presence: "gone" },
  both: { presence: "all" },
  findings: { withFindings: true },
  "a tag's key": { tags: [{ key: "owner" }] },
  "a tag": {
    tags: [
      { key: "env", value: "prod" },
      { key: "a=b,c", value: "%_\\" },
    ],
  },
  "a short text": { text: "%" },
  "a longer text": { text: "name-" },
  nothing: { text: "no such thing" },
};

/** Whether a filter admits a row, told without SQL. */
const admits = (filter: ResourceFilter, row: (typeof rows)[number], open: ReadonlySet<string>): boolean => {
  const among = (values: readonly string[], value: string) => values.length === 0 || values.includes(value);
  return (
    among(filter.clouds, row.kind.split(".")[0] ?? "") &&
    among(filter.accountIds, row.accountId) &&
    among(filter.regions, row.region) &&
    among(filter.services, row.service) &&
    among(filter.kinds, row.kind) &&
    among(filter.owners, row.owner) &&
    (filter.presence === "all" || (filter.presence === "gone") === (row.deletedAt !== null)) &&
    filter.tags.every(({ key, value }) =>
      value === undefined ? key in row.tags : row.tags[key] === value,
    ) &&
    `${row.name}\n${row.uid}`.toLowerCase().includes(filter.text.toLowerCase()) &&
    (!filter.withFindings || open.has(row.id))
  );
};
const openIds = async () =>
  new Set(await listAll(resourceFilter({ presence: "all", withFindings: true }), "findings"));

describe("listResources", () => {
  it.each(Object.entries(filters))("gives every resource once, in every order: %s", async (_, changes) => {
    const filter = resourceFilter(changes);
    const open = await openIds();
    const expected = rows.filter((row) => admits(filter, row, open)).map(({ id }) => id);
    for (const sort of resourceSorts) {
      const ids = await listAll(filter, sort);
      expect(ids.toSorted()).toEqual(expected.toSorted());
    }
    expect(await countResources(db, scope, filter)).toBe(expected.length);
  });

  it("sorts by name, by change, and by the gravest open finding", async () => {
    const all = resourceFilter();
    const of = new Map(rows.map((row) => [row.id, row]));
    const names = (await listAll(all, "name")).map(
      (id) => of.get(id)?.name.toLowerCase().slice(0, 200) ?? "",
    );
    expect(names).toEqual(names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    const changed = (await listAll(all, "changed")).map((id) => of.get(id)?.changedAt.getTime() ?? 0);
    expect(changed).toEqual(changed.toSorted((a, b) => b - a));
    const page = await listResources(db, scope, all, { sort: "findings", limit: 100 });
    const rank = page.rows.map(({ findings }) =>
      Object.values(findings ?? {}).findIndex((count) => count > 0),
    );
    // Worst first, and at the end those with none.
    const places = rank.map((place) => (place < 0 ? 9 : place));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBeGreaterThan(3);
  });

  it("takes a cursor that never was one for none", async () => {
    const all = resourceFilter();
    const first = await listResources(db, scope, all, { sort: "name", limit: 5 });
    for (const after of [
      "nonsense",
      "e30",
      Buffer.from('{"by":"name"}').toString("base64url"),
      "x".repeat(9_999),
    ]) {
      expect(await listResources(db, scope, all, { sort: "name", limit: 5, after })).toEqual(first);
    }
  });
});

describe("countResourceFacets", () => {
  it.each(Object.entries(filters))("counts as one would by hand: %s", async (_, changes) => {
    const filter = resourceFilter({ regions: ["region-1", "region-3"], ...changes });
    const open = await openIds();
    const counts = await countResourceFacets(db, scope, filter);
    const byHand = (without: Partial<ResourceFilter>, value: (row: (typeof rows)[number]) => string) => {
      const found = rows.filter((row) => admits({ ...filter, ...without }, row, open)).map(value);
      return Object.fromEntries(
        [...new Set(found)].map((each) => [each, found.filter((one) => one === each).length]),
      );
    };
    const told = (list: readonly { value: string; count: number }[]) =>
      Object.fromEntries(list.map(({ value, count }) => [value, count]));
    expect({
      total: counts.total,
      clouds: told(counts.clouds),
      accounts: told(counts.accounts),
      services: told(counts.services),
      regions: told(counts.regions),
      kinds: told(counts.kinds),
      owners: told(counts.owners),
    }).toEqual({
      total: rows.filter((row) => admits(filter, row, open)).length,
      clouds: byHand({ clouds: [] }, ({ kind }) => kind.split(".")[0] ?? ""),
      accounts: byHand({ accountIds: [] }, ({ accountId }) => accountId),
      services: byHand({ services: [] }, ({ service }) => service),
      regions: byHand({ regions: [] }, ({ region }) => region),
      kinds: byHand({ kinds: [] }, ({ kind }) => kind),
      owners: byHand({ owners: [] }, ({ owner }) => owner),
    });
  });

  it("tells the tags there are", async () => {
    const keys = await listTagKeys(db, scope, resourceFilter());
    expect(keys.map(({ value }) => value).toSorted()).toEqual(["a=b,c", "env", "owner"]);
    const values = await listTagValues(db, scope, resourceFilter({ kinds: ["aws.s3.bucket"] }), "env");
    const present = rows.filter((row) => row.kind === "aws.s3.bucket" && !row.deletedAt);
    expect(Object.fromEntries(values.map(({ value, count }) => [value, count]))).toEqual({
      prod: present.filter(({ tags }) => tags.env === "prod").length,
      dev: present.filter(({ tags }) => tags.env === "dev").length,
    });
  });
});

describe("who may see what", () => {
  const all = resourceFilter({ presence: "all" });

  it("nothing of another organisation's", async () => {
    const stranger = await createScope(db);
    const [row] = rows;
    expect(await listAll(all, "name", stranger)).toEqual([]);
    expect((await countResourceFacets(db, stranger, resourceFilter())).total).toBe(0);
    expect(await listTagKeys(db, stranger, all)).toEqual([]);
    for (const read of [getResource, listRelations, readSnapshots]) {
      await expect(read(db, stranger, row?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
      await expect(read(db, scope, row?.id ?? "")).resolves.toBeTruthy();
    }
  });

  it("nothing of an account out of sight", async () => {
    const user = await createUser(db, { organisationId: world.organisationId });
    const partly = Scope.ofUser({ ...user, accountIds: [two.id] });
    const own = rows.filter(({ accountId }) => accountId === two.id);
    const other = rows.find(({ accountId }) => accountId === one.id);
    for (const sort of resourceSorts) {
      expect((await listAll(all, sort, partly)).toSorted()).toEqual(own.map(({ id }) => id).toSorted());
    }
    const facets = await countResourceFacets(db, partly, resourceFilter());
    expect(facets.accounts.map(({ value }) => value)).toEqual([two.id]);
    expect(facets.total).toBe(own.filter(({ deletedAt }) => !deletedAt).length);
    await expect(getResource(db, partly, other?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
    const blind = Scope.ofUser({ ...user, accountIds: [] });
    expect(await listAll(all, "findings", blind)).toEqual([]);
    expect((await countResourceFacets(db, blind, resourceFilter())).total).toBe(0);
  });

  it("no findings without the permission for them", async () => {
    const user = await createUser(db, { organisationId: world.organisationId });
    const token = Scope.ofToken(user, { id: "tok_1", permissions: ["resources:read"] });
    const page = await listResources(db, token, all, { sort: "name", limit: 100 });
    expect(page.rows.every(({ findings }) => findings === null)).toBe(true);
    const detail = await getResource(db, token, rows[3]?.id ?? "");
    expect({ findings: detail.findings, verdicts: detail.verdicts }).toEqual({
      findings: null,
      verdicts: null,
    });
    for (const ask of [
      listResources(db, token, all, { sort: "findings", limit: 5 }),
      listResources(db, token, { ...all, withFindings: true }, { sort: "name", limit: 5 }),
      countResourceFacets(db, token, { ...all, withFindings: true }),
    ]) {
      await expect(ask).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

it("tells all of one resource", async () => {
  const row = await createResource(db, {
    organisationId: world.organisationId,
    accountId: one.id,
    name: "detailed",
    tags: { owner: "payments" },
    config: { versioning: "off" },
    unread: ["policy"],
    verdicts: { "aws.s3.bucket-versioning": "fail" },
    deletedAt: new Date("2026-03-05T00:00:00.000Z"),
  });
  const resolved = await createFinding(db, row, {
    status: "resolved",
    resolvedAt: new Date(),
    severity: "critical",
  });
  const open = await createFinding(db, row, { severity: "low" });
  const first = await createVersion(db, row, { config: { versioning: "on" } });
  const second = await createVersion(db, row, { deletedAt: new Date("2026-03-01T12:00:00.000Z") });
  const detail = await getResource(db, scope, row.id);
  expect(detail).toEqual({
    id: row.id,
    kind: "aws.s3.bucket",
    service: "s3",
    region: "eu-west-1",
    name: "detailed",
    uid: "arn:aws:s3:::detailed",
    account: { id: one.id, name: "one", cloud: "aws", externalId: one.externalId, disabledAt: null },
    owner: "payments",
    tags: { owner: "payments" },
    config: { versioning: "off" },
    unread: ["policy"],
    firstSeenAt: row.firstSeenAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    deletedAt: "2026-03-05T00:00:00.000Z",
    coverage: null,
    verdicts: { "aws.s3.bucket-versioning": "fail" },
    findings: [
      expect.objectContaining({ id: open, state: "new" }),
      expect.objectContaining({ id: resolved }),
    ],
    versions: [
      {
        id: second,
        scanId: "scn_1",
        replacedAt: "2026-03-02T00:00:00.000Z",
        deletedAt: "2026-03-01T12:00:00.000Z",
      },
      { id: first, scanId: "scn_1", replacedAt: "2026-03-02T00:00:00.000Z", deletedAt: null },
    ],
  });
  const snapshots = await readSnapshots(db, scope, row.id, [first]);
  expect(snapshots.map(({ config, version }) => [version?.id ?? null, config])).toEqual([
    [null, { versioning: "off" }],
    [first, { versioning: "on" }],
  ]);
});
