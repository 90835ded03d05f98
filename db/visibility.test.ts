import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import { resourceFilter } from "#lib/inventory/resource-filter.ts";
import { listCoverage } from "./accounts/coverage-queries.ts";
import { listAccountNames } from "./accounts/names.ts";
import { countAccountResources, getAccount, listAccounts } from "./accounts/queries.ts";
import { searchAccounts } from "./accounts/search.ts";
import { listCheckGaps, listCheckStandings } from "./checks/queries.ts";
import type { Database } from "./client.ts";
import { createAccount, createOrganisation, createUser } from "./factories.ts";
import { sumCheckCounts } from "./findings/check-counts.ts";
import {
  countFacets,
  countFindings,
  getFinding,
  listFindingGroups,
  listFindings,
  readFindingRows,
} from "./findings/queries.ts";
import { findings, findingTransitions } from "./findings/schema.ts";
import { readPlanHints } from "./remediation/plan-hints.ts";
import {
  countWaiting,
  findingFixes,
  getPlan,
  getPlaybook,
  getRemediationSettings,
  listPlanEvents,
  listPlans,
  listPlaybooks,
  playbooksFor,
} from "./remediation/queries.ts";
import {
  autoApprovals,
  changeWindows,
  remediationEvents,
  remediationFindings,
  remediationPlans,
  remediationTargets,
} from "./remediation/schema.ts";
import { getResource, readSnapshots } from "./resources/detail.ts";
import { countResourceFacets, countResources, listTagKeys, listTagValues } from "./resources/facets.ts";
import { listResources, readResourceRows } from "./resources/list.ts";
import { listRelations } from "./resources/relations.ts";
import { checkCounters, resourceCounters, resources } from "./resources/schema.ts";
import { listGapGroups } from "./scans/gaps.ts";
import { getLatestScans, getScan, listScanChoices, listScans } from "./scans/queries.ts";
import { coverage, coverageGaps, scans, scanUnits } from "./scans/schema.ts";
import { listServiceTimes } from "./scans/service-times.ts";
import { listAccountProgress, listScanUnits } from "./scans/units.ts";
import { createTestDatabase } from "./test-database.ts";
import { getApproval, listApprovalFindings, listApprovals } from "./triage/approval-queries.ts";
import { countAsked } from "./triage/count-asked.ts";
import { getException, listExceptions } from "./triage/queries.ts";
import { findingExceptionItems, findingExceptions } from "./triage/schema.ts";
import { previewSlaDays } from "./triage/sla-preview.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const at = new Date("2026-02-03T04:05:06.000Z");
const checkId = "aws.s3.bucket-versioning";
const kind = "aws.s3.bucket";

function one<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("INSERT … RETURNING gave no row.");
  return row;
}

/** What a scan leaves of one account: units, a gap, coverage, counters, a resource, a finding and a request about it. */
async function scanAccount(
  to: Database,
  organisationId: string,
  scanId: string,
  askedBy: string,
  name: string,
) {
  const account = await createAccount(to, { organisationId, name, regions: [`region-of-${name}`] });
  const place = { organisationId, accountId: account.id, service: "s3", region: "eu-west-1" };
  const unit = { ...place, scanId, status: "gap" as const, gaps: 1, resources: 5, opened: 1, calls: 7 };
  const times = { startedAt: at, finishedAt: new Date(at.getTime() + 9_000) };
  const { id: unitId } = one(
    await to
      .insert(scanUnits)
      .values({ ...unit, ...times })
      .returning(),
  );
  await to.insert(coverageGaps).values({
    ...{ organisationId, scanId, unitId, accountId: account.id, kind, resourceUid: null },
    ...{ operation: "s3:GetBucketVersioning", code: "denied", message: `Refused in ${name}.` },
  });
  await to.insert(coverage).values({ ...place, kind, scanId, triedAt: at, complete: false, clean: false });
  await to.insert(checkCounters).values({ ...place, checkId, pass: 3, fail: 1, unknown: 2 });
  const counted = { ...place, kind, unitRegion: "eu-west-1", owner: name, resources: 1 };
  await to.insert(resourceCounters).values(counted);
  const { id: resourceId } = one(
    await to
      .insert(resources)
      .values({
        ...place,
        ...{ unitRegion: "eu-west-1", kind, uid: `arn:aws:s3:::${name}`, name, tags: { owner: name } },
        ...{ config: { name }, unread: [], hash: Buffer.from(name), evaluatedWith: "test", verdicts: {} },
      })
      .returning(),
  );
  const { id: findingId } = one(
    await to
      .insert(findings)
      .values({
        ...{ ...place, resourceId, checkId, severity: "high", reason: `Off in ${name}.`, evidence: [] },
        ...{ firstSeenAt: at, openedAt: at, dueAt: at },
      })
      .returning(),
  );
  await to.insert(findingTransitions).values({
    ...{ organisationId, findingId, scanId, kind: "opened", reason: `Off in ${name}.`, at },
  });
  const { id: exceptionId } = one(
    await to
      .insert(findingExceptions)
      .values({
        ...{ organisationId, kind: "risk_accepted", status: "asked", askedBy, reason: `Because of ${name}.` },
        ...{ until: new Date("2199-01-01"), findings: { critical: 0, high: 1, medium: 0, low: 0, info: 0 } },
      })
      .returning(),
  );
  await to.insert(findingExceptionItems).values({ exceptionId, findingId });
  const planId = await planFix(to, { organisationId, accountId: account.id, resourceId, findingId, askedBy });
  return { accountId: account.id, unitId, resourceId, findingId, exceptionId, planId };
}

const fixedCheckId = "aws.s3.bucket-public-access";
const playbook = "AWS-PUBLIC-S3";

/** A plan that waits for a decision, a window and a rule of its account, and what counts for its playbook. */
async function planFix(
  to: Database,
  asked: Record<"organisationId" | "accountId" | "resourceId" | "findingId" | "askedBy", string>,
): Promise<string> {
  const { organisationId, accountId, resourceId, findingId, askedBy } = asked;
  const document = { format: 1 as const, playbook: { id: playbook, hash: "", title: "" }, parameters: {} };
  const { id: planId } = one(
    await to
      .insert(remediationPlans)
      .values({
        ...{
          organisationId,
          playbook,
          playbookHash: "",
          title: "Close it",
          parameters: {},
          reason: "It is open.",
        },
        ...{ risk: "medium", reversible: true, approvalsNeeded: 1, accountIds: [accountId] },
        ...{ requestedBy: askedBy, correlationId: "test" },
      })
      .returning(),
  );
  await to
    .update(remediationPlans)
    .set({
      ...{ state: "awaiting_approval", document: { ...document, targets: [] }, hash: planId },
      ...{ plannedAt: at, submittedAt: at, expiresAt: new Date("2199-01-01") },
    })
    .where(eq(remediationPlans.id, planId));
  const { id: targetId } = one(
    await to
      .insert(remediationTargets)
      .values({
        ...{ organisationId, planId, ordinal: 0, accountId, resourceId, uid: resourceId, kind },
        ...{ region: "eu-west-1", name: resourceId },
      })
      .returning(),
  );
  await to.insert(remediationFindings).values({ planId, targetId, findingId });
  await to.insert(remediationEvents).values({ planId, kind: "planned" });
  const times = { days: [1], start: "08:00", end: "09:00", timeZone: "UTC" };
  await to.insert(changeWindows).values({ organisationId, accountId, ...times });
  await to
    .insert(autoApprovals)
    .values({ organisationId, playbook, accountId, severity: "low", createdBy: askedBy });
  const place = { organisationId, accountId, service: "s3", region: "eu-west-1" };
  await to.insert(checkCounters).values({ ...place, checkId: fixedCheckId, fail: 1 });
  return planId;
}

type Ids = Awaited<ReturnType<typeof scanAccount>> & { scanId: string };

/** Each query that reads what belongs to accounts. With `hidden`, also asked by name for what is of the other account. */
const queries: Record<string, (scope: Scope, ids: Ids) => Promise<unknown>> = {
  listAccountNames: (scope) => listAccountNames(db, scope),
  listAccounts: (scope) => listAccounts(db, scope),
  searchAccounts: (scope) => searchAccounts(db, scope, "account", 10),
  listCheckStandings: (scope) => listCheckStandings(db, scope, checkId),
  listCheckGaps: (scope) =>
    listCheckGaps(db, scope, { kinds: [kind], permissions: ["s3:GetBucketVersioning"] }),
  sumCheckCounts: async (scope) => [...(await sumCheckCounts(db, scope))],
  countFacets: (scope) => countFacets(db, scope, findingFilter()),
  countFindings: (scope) => countFindings(db, scope, findingFilter()),
  countFindingsByText: (scope) => countFindings(db, scope, findingFilter({ text: "account" })),
  countFindingsOfScan: (scope, { scanId }) =>
    countFindings(db, scope, findingFilter({ scan: { id: scanId, change: "opened" } })),
  ...Object.fromEntries(
    (["check", "resource", "account", "owner"] as const).map((by) => [
      `listFindingGroups by ${by}`,
      (scope: Scope) => listFindingGroups(db, scope, findingFilter(), { by, limit: 10 }),
    ]),
  ),
  listFindings: (scope) => listFindings(db, scope, findingFilter(), { sort: "severity", limit: 10 }),
  countResourceFacets: (scope) => countResourceFacets(db, scope, resourceFilter()),
  countResources: (scope) => countResources(db, scope, resourceFilter()),
  listTagKeys: (scope) => listTagKeys(db, scope, resourceFilter()),
  listTagValues: (scope) => listTagValues(db, scope, resourceFilter(), "owner"),
  listResources: (scope) => listResources(db, scope, resourceFilter(), { sort: "name", limit: 10 }),
  listGapGroups: (scope, { scanId }) => listGapGroups(db, scope, scanId),
  getLatestScans: (scope) => getLatestScans(db, scope),
  getScan: (scope, { scanId }) => getScan(db, scope, scanId),
  listScans: (scope) => listScans(db, scope, { limit: 10 }),
  listScanChoices: (scope) => listScanChoices(db, scope),
  listServiceTimes: (scope, { scanId }) => listServiceTimes(db, scope, scanId),
  listScanUnits: (scope, { scanId }) => listScanUnits(db, scope, scanId),
  listAccountProgress: (scope, { scanId }) => listAccountProgress(db, scope, scanId),
  listApprovals: (scope) => listApprovals(db, scope, { list: "asked", limit: 10 }),
  countAsked: (scope) => countAsked(db, scope),
  listExceptions: (scope) => listExceptions(db, scope, { status: "any", limit: 10 }),
  listPlans: (scope) => listPlans(db, scope, { list: "all", limit: 10 }),
  countWaiting: (scope) => countWaiting(db, scope),
  listPlaybooks: (scope) => listPlaybooks(db, scope),
  getPlaybook: (scope) => getPlaybook(db, scope, playbook),
  playbooksFor: (scope) => playbooksFor(db, scope, [fixedCheckId]),
  getRemediationSettings: (scope) => getRemediationSettings(db, scope),
  previewSlaDays: (scope) =>
    previewSlaDays(db, scope, { critical: 1, high: 1, medium: 1, low: 1, info: null }),
};

/** Asked for by its id: what it answers about a thing that can't be seen. */
const notFound = { code: "not_found" };
const byId: Record<string, [ask: (scope: Scope, ids: Ids) => Promise<unknown>, answer: unknown]> = {
  getAccount: [(scope, { accountId }) => getAccount(db, scope, accountId), notFound],
  countAccountResources: [(scope, { accountId }) => countAccountResources(db, scope, accountId), []],
  listCoverage: [(scope, { accountId }) => listCoverage(db, scope, accountId), []],
  listGapGroups: [(scope, { scanId, accountId }) => listGapGroups(db, scope, scanId, accountId), []],
  getFinding: [(scope, { findingId }) => getFinding(db, scope, findingId), notFound],
  readFindingRows: [(scope, { findingId }) => readFindingRows(db, scope, [findingId]), []],
  getResource: [(scope, { resourceId }) => getResource(db, scope, resourceId), notFound],
  readSnapshots: [(scope, { resourceId }) => readSnapshots(db, scope, resourceId, []), notFound],
  listRelations: [(scope, { resourceId }) => listRelations(db, scope, resourceId), notFound],
  readResourceRows: [(scope, { resourceId }) => readResourceRows(db, scope, [resourceId]), []],
  getException: [(scope, { exceptionId }) => getException(db, scope, exceptionId), notFound],
  getApproval: [(scope, { exceptionId }) => getApproval(db, scope, exceptionId), notFound],
  listApprovalFindings: [
    (scope, { exceptionId }) => listApprovalFindings(db, scope, exceptionId, 10),
    notFound,
  ],
  getPlan: [(scope, { planId }) => getPlan(db, scope, planId), notFound],
  listPlanEvents: [(scope, { planId }) => listPlanEvents(db, scope, planId), notFound],
  listPlans: [
    (scope, { findingId }) => listPlans(db, scope, { list: "all", limit: 10, findingId }),
    { plans: [], next: null },
  ],
  readPlanHints: [async (scope, { planId }) => [...(await readPlanHints(db, scope, [planId]))], []],
  findingFixes: [async (scope, { findingId }) => [...(await findingFixes(db, scope, [findingId]))], []],
  countFindings: [
    (scope, { accountId }) => countFindings(db, scope, findingFilter({ accountIds: [accountId] })),
    0,
  ],
  countResources: [
    (scope, { accountId }) => countResources(db, scope, resourceFilter({ accountIds: [accountId] })),
    0,
  ],
};

const { id: organisationId } = await createOrganisation(db);
const asker = await createUser(db, { organisationId });
const reader = await createUser(db, { organisationId, role: "manager" });
const { id: scanId } = one(
  await db
    .insert(scans)
    .values({
      ...{ organisationId, trigger: "manual", status: "completed", createdAt: at, plannedAt: at },
      ...{ finishedAt: new Date(at.getTime() + 60_000) },
      scope: { accountIds: [], regions: [], services: [], checks: [] },
    })
    .returning(),
);
const seen = { ...(await scanAccount(db, organisationId, scanId, asker.id, "account-seen")), scanId };
const limited = Scope.ofUser({ ...reader, accountIds: [seen.accountId] });
const whole = Scope.ofUser(reader);

// What each answers as long as there is no other account; then comes one, in the same scan.
const alone: Record<string, unknown> = {};
for (const [name, ask] of Object.entries(queries)) alone[name] = await ask(limited, seen);
const hidden = { ...(await scanAccount(db, organisationId, scanId, asker.id, "account-hidden")), scanId };

test.each(Object.keys(queries))("%s answers as if there were no other account", async (name) => {
  const ask = queries[name] ?? expect.fail();
  expect(await ask(limited, seen)).toEqual(alone[name]);
  // Whoever sees both is told of both, or this test could not fail.
  expect(await ask(whole, seen)).not.toEqual(alone[name]);
});

test.each(Object.keys(byId))("%s knows nothing of what is of another account", async (name) => {
  const [ask, answer] = byId[name] ?? expect.fail();
  const told = await ask(limited, hidden).catch((error: unknown) => error);
  if (answer === notFound) expect(told).toMatchObject(notFound);
  else expect(told).toEqual(answer);
  // The same is there for who sees it.
  await expect(ask(whole, hidden)).resolves.toBeDefined();
  expect(await ask(whole, hidden)).not.toEqual(answer);
});

test("a scan of other accounts alone is not there", async () => {
  const other = one(
    await db
      .insert(scans)
      .values({
        ...{ organisationId, trigger: "manual", status: "running", plannedAt: at },
        scope: { accountIds: [hidden.accountId], regions: [], services: [], checks: [] },
      })
      .returning(),
  );
  const place = { organisationId, accountId: hidden.accountId, service: "s3", region: "eu-west-1" };
  await db.insert(scanUnits).values({ ...place, scanId: other.id, status: "running" });
  await expect(getScan(db, limited, other.id)).rejects.toMatchObject(notFound);
  expect((await listScans(db, limited, { limit: 10 })).scans.map(({ id }) => id)).toEqual([scanId]);
  expect((await getLatestScans(db, limited)).running).toBeNull();
  expect(await listScanUnits(db, limited, other.id)).toEqual([]);
  await db.delete(scanUnits).where(eq(scanUnits.scanId, other.id));
  await db.delete(scans).where(eq(scans.id, other.id));
});

test("every query that takes a scope is tried here, or is of no account", () => {
  const root = resolve(import.meta.dirname, "..");
  const exported = globSync("db/**/*.ts", { cwd: root })
    .filter((path) => !/\.test\.ts$|\/test-[\w-]+\.ts$|factories\.ts$/.test(path))
    .flatMap((path) =>
      [...readFileSync(resolve(root, path), "utf8").matchAll(/^export async function (\w+)\(([^)]*)\)/gms)]
        .filter(([, , parameters = ""]) => /\bscope: Scope\b/.test(parameters))
        .map(([, name = ""]) => name),
    );
  const tried = new Set([...Object.keys(queries), ...Object.keys(byId)].map((name) => name.split(" ")[0]));
  expect(exported.filter((name) => !tried.has(name) && !ofNoAccount.includes(name)).sort()).toEqual([]);
});

/** Those that read what belongs to people, or are tried beside what they read. */
const ofNoAccount = [
  ...["listTokens", "listHistory", "listUsers", "getUser", "getOwnProfile", "listSessions"],
  ...["listAssignable", "listNotifications", "countUnread", "listViews", "getSlaPolicy", "getTrial"],
  // Changes and imports of several accounts, and lists of members: all or nothing, in their own tests.
  ...["getChange", "listRunningChanges", "getImport", "listImports", "listDuplicates", "listRejections"],
  ...["listSources", "getSource", "listMembers"],
  // What a check of an imported report is called.
  ...["getImportedCheck", "labelChecks", "listImportedChecks", "readChecksLike"],
  // Parts of others that are tried, or asked about what one of these has shown.
  ...["countUnits", "withSums", "getPreviousScan", "findPlaces", "listResourceGroups", "planText"],
  ...["readClouds", "readException", "readTimeline", "listAcceptedFindings"],
  ...["readPlans", "readBlastRadius", "requirePlan"],
  // The trail: for nobody who sees only some accounts.
  ...["readTrailBrief", "listRelated"],
  ...[
    "listEntries",
    "readRows",
    "getEntry",
    "auditTimeline",
    "auditStatistics",
    "auditErrors",
    "auditPerformance",
  ],
  ...["auditIntegrity", "namesOf", "viewsOf", "branchesOf", "conditionOf", "readCounters"],
  ...["auditWorkflow", "getReport", "getReportPlan", "listReports", "listTrailReaders"],
  ...["listStreams", "getStream", "listDeliveries", "listAlertRules", "getAlertRule", "listAlerts"],
  "listAlertPeople",
  ...["getAuditPolicy", "listAuditHolds", "listAuditArchives", "listAuditCategories", "findAuditArchive"],
];
