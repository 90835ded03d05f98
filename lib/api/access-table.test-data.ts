import type { Given } from "#app/_access/model.ts";
import { placedHold } from "#app/_access/table/audit-keeping.ts";
import { askedReport, reportPlan } from "#app/_access/table/audit-reports.ts";
import { newRule, newStream, ownAlertRule, ownStream } from "#app/_access/table/audit-streams.ts";
import {
  approvedPlan,
  askedPlan,
  endedPlan,
  keptSecret,
  ownRule,
  ownWindow,
  plannedDraft,
  playbookOf,
  ruleInput,
} from "#app/_access/table/remediation.ts";
import type { Role } from "#db/identity/roles.ts";
import { disableAccount } from "../accounts/disable-account.ts";
import { setWriteIdentity } from "../accounts/write-identity.ts";
import { appendAudit } from "../audit/append.ts";
import type { Permission } from "../auth/permissions.ts";
import { addComment } from "../findings/add-comment.ts";
import { changeFindings } from "../findings/change-findings.ts";
import type { FindingChange } from "../findings/change-input.ts";
import { saveView } from "../findings/save-view.ts";
import { receiveUpload } from "../imports/receive-upload.ts";
import { ownPlaybook } from "../remediation/test-plans.ts";

export type Sample = {
  params?: Record<string, string>;
  query?: Record<string, string | readonly string[]>;
  body?: unknown;
};

/** What is expected of an operation. */
export type Expectation = {
  /** The roles whose tokens may call it. */
  roles: readonly Role[] | "everyone";
  input?: (given: Given) => Sample | Promise<Sample>;
  /** What those get who may; the operation's own status when left out. */
  ok?: number;
  /** What another organisation's token gets; 404 when left out. */
  foreign?: number;
  /** What the token of a colleague gets who sees no account; as `foreign` when left out. */
  unseen?: number;
};

const triaging = ["analyst", "manager", "admin"] as const;
const admin = ["admin"] as const;
const auditing = ["ciso", "auditor", "admin"] as const;
const deciding = ["ciso", "manager"] as const;
const soon = () => new Date(Date.now() + 86_400_000).toISOString();
const anyone: Expectation = { roles: "everyone", foreign: 200 };

/** The scope that is tried where it can, for what has to be one's own; else an administrator's. */
const who = (given: Given, permission: Permission) =>
  given.scope.can(permission) ? given.scope : given.as("admin");

const change = (given: Given, made: FindingChange, as = who(given, "findings:triage")) =>
  changeFindings(given.db, as, { target: { ids: [given.ids.findingId] }, change: made });

const begin = (given: Given) => change(given, { act: "workflow", workflow: "in_progress" });

async function ask(given: Given, as = given.as("analyst")): Promise<{ exceptionId: string }> {
  await change(given, { act: "ask_acceptance", reason: "It is on a test system.", until: soon() }, as);
  const [exception] = await given.db.query.findingExceptions.findMany({ columns: { id: true } });
  return { exceptionId: exception?.id ?? "" };
}

const comment = (given: Given) =>
  addComment(given.db, who(given, "findings:triage"), { findingId: given.ids.findingId, body: "A word." });

const view = (given: Given) =>
  saveView(given.db, given.scope, { area: "findings", name: "Mine", query: "", shared: false });

const idOf = async (plan: Promise<{ planId: string }>) => ({ planId: (await plan).planId });

const windowOf = ({ ids }: Given) => ({
  ...{ accountId: ids.accountId, days: [6, 7], start: "22:00", end: "04:00", timeZone: "Europe/Vienna" },
});

const account = ({ ids }: Given) => ({ accountId: ids.accountId });
const connection = { type: "profile", profile: "no-such-profile" };

const report = JSON.stringify([
  {
    metadata: { event_code: "made_up", product: { name: "Prowler" } },
    finding_info: { title: "T", uid: "u" },
  },
]);

/** A report of an administrator's, waiting to be read. */
async function importOne(given: Given): Promise<{ importId: string }> {
  const body = (async function* () {
    yield Buffer.from(report);
  })();
  const input = { fileName: "report.json", format: "prowler_ocsf" as const };
  const { importId } = await receiveUpload(given.db, given.as("admin"), input, body);
  return { importId };
}

const streamId = async (given: Given) => ({ streamId: (await ownStream(given)).streamId });
/** Who reads the audit trail, and who says whom it is sent to: nobody who sees only some accounts. */
const trailReader = { roles: ["ciso", "auditor", "admin"], unseen: 403 } as const;
const trailManager = { roles: admin, unseen: 403 } as const;

const trailReaders: Expectation = { roles: ["ciso", "auditor", "admin"], foreign: 200, unseen: 403 };

/** An entry of the first organisation. */
async function entryOf(given: Given): Promise<{ entryId: string }> {
  const record = { action: "scan.start", object: { kind: "scan", id: given.ids.scanId } };
  return { entryId: await given.db.transaction((tx) => appendAudit(tx, given.scope, record)) };
}

export const expectations: Record<string, Expectation> = {
  listAuditEntries: { ...trailReaders, input: () => ({ query: { action: ["scan.*", "user.create"] } }) },
  getAuditEntry: {
    ...{ ...trailReaders, foreign: 404 },
    input: async (given) => ({ params: await entryOf(given) }),
  },
  proveAuditEntry: {
    ...{ ...trailReaders, foreign: 404 },
    input: async (given) => ({ params: await entryOf(given) }),
    // Nothing has been sealed in a test.
    ok: 503,
  },
  getAuditTimeline: { ...trailReaders, input: () => ({ query: { text: "scan" } }) },
  getAuditStatistics: trailReaders,
  getAuditErrors: trailReaders,
  getAuditPerformance: trailReaders,
  getAuditIntegrity: trailReaders,
  listAuditArchives: trailReaders,
  requestAuditArchive: {
    ...{ roles: admin, foreign: 202, unseen: 403 },
    input: () => ({ body: { from: "2026-01-01T00:00:00Z", to: null } }),
  },
  getAuditPolicy: trailReaders,
  setAuditPolicy: {
    ...{ roles: admin, foreign: 200, unseen: 403 },
    input: () => ({ body: { retentionDays: 400, categoryDays: { scan: 500 }, archiveMb: 20, revision: 0 } }),
  },
  listAuditHolds: trailReaders,
  placeAuditHold: {
    ...{ roles: admin, foreign: 201, unseen: 403 },
    input: () => ({ body: { name: "Case 7", reason: "The court wants it" } }),
  },
  liftAuditHold: {
    ...trailManager,
    input: async (given) => ({ params: { holdId: await placedHold(given) }, body: { reason: "It is over" } }),
  },
  exportAuditEntries: {
    ...{ ...trailReaders, roles: ["auditor", "admin"] },
    input: () => ({ body: { format: "csv", filter: { action: ["scan.*"] } } }),
  },
  listAuditStreams: { ...trailReader, foreign: 200 },
  createAuditStream: {
    // No key seals secrets in this world.
    ...{ ...trailManager, ok: 503, foreign: 503 },
    input: () => ({ body: newStream }),
  },
  getAuditStream: { ...trailReader, input: async (given) => ({ params: await streamId(given) }) },
  changeAuditStream: {
    ...trailManager,
    input: async (given) => ({ params: await streamId(given), body: { revision: 0, enabled: false } }),
  },
  deleteAuditStream: { ...trailManager, input: async (given) => ({ params: await streamId(given) }) },
  rotateAuditStreamSecret: {
    ...{ ...trailManager, ok: 503 },
    input: async (given) => ({ params: await streamId(given), body: { revision: 0 } }),
  },
  testAuditStream: {
    ...{ ...trailManager, ok: 503 },
    input: async (given) => ({ params: await streamId(given) }),
  },
  listAuditDeliveries: { ...trailReader, input: async (given) => ({ params: await streamId(given) }) },
  replayAuditDeliveries: {
    ...trailManager,
    input: async (given) => {
      const { streamId: id, deliveryId } = await ownStream(given);
      return { params: { streamId: id }, body: { which: "one", deliveryId } };
    },
  },
  listAuditAlerts: { ...trailReader, foreign: 200 },
  listAuditAlertRules: { ...trailReader, foreign: 200 },
  createAuditAlertRule: {
    // Another organisation's people are no one to be told.
    ...{ ...trailManager, foreign: 400 },
    input: ({ ids }) => ({ body: newRule(ids.userIds.admin) }),
  },
  getAuditAlertRule: { ...trailReader, input: async (given) => ({ params: await ownAlertRule(given) }) },
  changeAuditAlertRule: {
    ...trailManager,
    input: async (given) => ({
      params: await ownAlertRule(given),
      body: { revision: 0, enabled: false },
    }),
  },
  deleteAuditAlertRule: { ...trailManager, input: async (given) => ({ params: await ownAlertRule(given) }) },
  testAuditAlertRule: { ...trailManager, input: async (given) => ({ params: await ownAlertRule(given) }) },
  listFindings: anyone,
  countFindingFacets: anyone,
  listFindingGroups: { ...anyone, input: () => ({ query: { by: "check" } }) },
  getFinding: { roles: "everyone", input: ({ ids }) => ({ params: { findingId: ids.findingId } }) },
  changeFindings: {
    roles: triaging,
    input: ({ ids }) => ({
      body: { target: { ids: [ids.findingId] }, change: { act: "workflow", workflow: "in_progress" } },
    }),
  },
  getChange: {
    roles: "everyone",
    input: async (given) => ({ params: { changeId: (await begin(given)).changeId } }),
  },
  undoChange: {
    roles: triaging,
    input: async (given) => ({ params: { changeId: (await begin(given)).changeId } }),
  },
  listComments: {
    roles: "everyone",
    input: async (given) => {
      await comment(given);
      return { params: { findingId: given.ids.findingId } };
    },
  },
  addComment: {
    roles: triaging,
    input: ({ ids }) => ({ params: { findingId: ids.findingId }, body: { body: "A word." } }),
  },
  editComment: {
    roles: triaging,
    input: async (given) => ({ params: await comment(given), body: { body: "Another." } }),
  },
  deleteComment: { roles: triaging, input: async (given) => ({ params: await comment(given) }) },
  listExceptions: {
    ...anyone,
    input: async (given) => {
      await ask(given);
      return {};
    },
  },
  getException: { roles: "everyone", input: async (given) => ({ params: await ask(given) }) },
  decideException: {
    roles: ["ciso", "manager"],
    input: async (given) => ({ params: await ask(given), body: { decision: "grant", revision: 1 } }),
  },
  withdrawException: {
    roles: triaging,
    input: async (given) => ({ params: await ask(given, who(given, "risk:ask")) }),
  },
  listViews: {
    ...anyone,
    input: async (given) => {
      await view(given);
      return {};
    },
  },
  saveView: {
    roles: "everyone",
    input: () => ({ body: { area: "findings", name: "Mine", query: "", shared: false } }),
    foreign: 201,
  },
  updateView: {
    roles: "everyone",
    input: async (given) => ({ params: await view(given), body: { name: "Ours" } }),
  },
  deleteView: { roles: "everyone", input: async (given) => ({ params: await view(given) }) },
  listPlaybooks: anyone,
  getPlaybook: { ...anyone, input: () => ({ params: { playbookId: "AWS-PUBLIC-S3" } }) },
  savePlaybook: {
    roles: admin,
    input: () => ({ body: { document: { ...ownPlaybook, fixes: ["aws.s3.bucket-public-access"] } } }),
    foreign: 200,
    // It is the whole organisation's.
    unseen: 403,
  },
  retirePlaybook: {
    roles: admin,
    input: async (given) => ({
      params: { playbookId: (await playbookOf(given)).id },
      query: { revision: "1" },
    }),
    unseen: 403,
  },
  listPlans: {
    ...anyone,
    input: async (given) => {
      await askedPlan(given);
      return {};
    },
  },
  getPlan: { roles: "everyone", input: async (given) => ({ params: await idOf(askedPlan(given)) }) },
  listPlanEvents: { roles: "everyone", input: async (given) => ({ params: await idOf(askedPlan(given)) }) },
  createPlan: {
    roles: triaging,
    input: async (given) => ({
      body: {
        ...{ playbook: (await playbookOf(given)).id, findingIds: [given.ids.findingId] },
        reason: "It is wanted.",
      },
    }),
  },
  submitPlan: {
    roles: triaging,
    input: async (given) => ({ params: { planId: await plannedDraft(given) }, body: { revision: 2 } }),
  },
  decidePlan: {
    roles: deciding,
    input: async (given) => {
      const { planId, hash } = await askedPlan(given);
      return { params: { planId }, body: { hash, decision: "approve" } };
    },
  },
  decidePlans: {
    roles: deciding,
    input: async (given) => ({ body: { plans: [await askedPlan(given)], decision: "approve" } }),
  },
  cancelPlan: {
    roles: triaging,
    input: async (given) => ({ params: await idOf(askedPlan(given, who(given, "remediation:propose"))) }),
  },
  runPlan: {
    roles: triaging,
    input: async (given) => ({ params: { planId: await approvedPlan(given) } }),
  },
  rollBackPlan: {
    roles: triaging,
    input: async (given) => ({
      params: { planId: await endedPlan(given) },
      body: { reason: "It broke a test." },
    }),
  },
  collectSecret: {
    roles: triaging,
    input: async (given) => ({ params: { secretId: await keptSecret(given) } }),
    // No key of the test's opens it.
    ok: 503,
  },
  getRemediationSettings: {
    ...anyone,
    input: async (given) => {
      await ownWindow(given);
      await ownRule(given);
      return {};
    },
  },
  setRemediationLimits: {
    roles: admin,
    input: () => ({
      body: { maxResources: 10, parallel: 2, stopAtFailedPercent: 10, expiryHours: 12, revision: 0 },
    }),
    foreign: 200,
    unseen: 403,
  },
  setFreeze: {
    roles: ["ciso", "manager", "admin"],
    input: () => ({ body: { frozen: true, reason: "It is the end of the year." } }),
    foreign: 200,
    unseen: 403,
  },
  addChangeWindow: { roles: admin, input: (given) => ({ body: windowOf(given) }) },
  changeChangeWindow: {
    roles: admin,
    input: async (given) => ({ params: { windowId: await ownWindow(given) }, body: windowOf(given) }),
  },
  deleteChangeWindow: {
    roles: admin,
    input: async (given) => ({ params: { windowId: await ownWindow(given) } }),
  },
  allowAutoApproval: { roles: admin, input: async (given) => ({ body: await ruleInput(given) }) },
  withdrawAutoApproval: {
    roles: admin,
    input: async (given) => ({ params: { ruleId: await ownRule(given) } }),
  },
  listResources: anyone,
  countResourceFacets: anyone,
  getResource: { roles: "everyone", input: ({ ids }) => ({ params: { resourceId: ids.resourceId } }) },
  listScans: anyone,
  getScan: { roles: "everyone", input: ({ ids }) => ({ params: { scanId: ids.scanId } }) },
  listScanGaps: { roles: "everyone", input: ({ ids }) => ({ params: { scanId: ids.scanId } }) },
  startScan: { roles: triaging, input: ({ ids }) => ({ body: { accountIds: [ids.accountId] } }) },
  cancelScan: { roles: triaging, input: ({ ids }) => ({ params: { scanId: ids.runningScanId } }) },
  listAccounts: anyone,
  getAccount: { roles: "everyone", input: (given) => ({ params: account(given) }) },
  connectAccount: {
    roles: admin,
    input: () => ({ body: { cloud: "aws", externalId: "123456789012", name: "New", connection } }),
    foreign: 201,
    // Who sees some accounts alone would not see the new one.
    unseen: 403,
  },
  testConnection: { roles: admin, input: () => ({ body: { cloud: "aws", connection } }), foreign: 200 },
  editAccount: {
    roles: admin,
    input: (given) => ({ params: account(given), body: { revision: 1, environment: "production" } }),
  },
  testAccount: { roles: admin, input: (given) => ({ params: account(given), body: {} }) },
  disableAccount: { roles: admin, input: (given) => ({ params: account(given) }) },
  enableAccount: {
    roles: admin,
    input: async (given) => {
      await disableAccount(given.db, given.as("admin"), account(given));
      return { params: account(given) };
    },
  },
  deleteAccount: {
    roles: admin,
    input: (given) => ({ params: account(given), query: { confirmation: given.ids.accountName } }),
  },
  setWriteIdentity: {
    roles: admin,
    input: (given) => ({ params: account(given), body: { revision: 1, connection } }),
  },
  removeWriteIdentity: {
    roles: admin,
    input: async (given) => {
      const { revision } = await setWriteIdentity(given.db, given.as("admin"), {
        ...{ ...account(given), revision: 1, connection, secrets: {} },
      });
      return { params: account(given), query: { revision: String(revision) } };
    },
  },
  listImports: {
    ...anyone,
    input: async (given) => {
      await importOne(given);
      return {};
    },
  },
  getImport: { roles: "everyone", input: async (given) => ({ params: await importOne(given) }) },
  listRejections: { roles: "everyone", input: async (given) => ({ params: await importOne(given) }) },
  startImport: {
    roles: ["analyst", "admin"],
    input: () => ({ query: { fileName: "report.json" }, body: report }),
    // Everybody may import; what a report says of accounts that can't be seen is left out, row by row.
    foreign: 202,
  },
  listAuditReports: { roles: auditing, foreign: 200, unseen: 403 },
  getAuditReport: {
    roles: auditing,
    input: async (given) => ({ params: await askedReport(given) }),
    unseen: 403,
  },
  makeAuditReport: {
    roles: auditing,
    input: () => ({ body: { from: new Date(Date.now() - 86_400_000).toISOString() } }),
    foreign: 201,
    unseen: 403,
  },
  deleteAuditReport: {
    roles: admin,
    input: async (given) => ({ params: await askedReport(given) }),
    unseen: 403,
  },
  getAuditReportPlan: { roles: auditing, foreign: 200, unseen: 403 },
  setAuditReportPlan: { roles: admin, input: () => ({ body: reportPlan() }), foreign: 200, unseen: 403 },
  listChecks: anyone,
  getCheck: { ...anyone, input: () => ({ params: { checkId: "aws.s3.bucket-versioning" } }) },
  getMe: anyone,
  listPeople: anyone,
  listUsers: { roles: admin, foreign: 200 },
  getSlaPolicy: anyone,
  setSlaPolicy: {
    roles: ["manager", "admin"],
    input: () => ({ body: { revision: 0, days: { critical: 3, high: 7, medium: 30, low: 60, info: null } } }),
    foreign: 200,
    // It moves the dates of every account's findings.
    unseen: 403,
  },
};
