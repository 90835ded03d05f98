import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Severity } from "#lib/checks/model.ts";
import type { CallRecord, Json, PlanDocument } from "#lib/remediation/model.ts";
import { planStates, risks, stepStates, targetStates } from "#lib/remediation/model.ts";
import { accounts } from "../accounts/schema.ts";
import { auditReports } from "../audit/schema.ts";
import { bytes, id, moment } from "../columns.ts";
import { findings } from "../findings/schema.ts";
import { organisationRef, users } from "../identity/schema.ts";

const userRef = () =>
  text()
    .notNull()
    .references(() => users.id);

/** A playbook of an organisation's own. A change makes a new version; plans name the one that they were made from. */
export const customPlaybooks = pgTable(
  "custom_playbooks",
  {
    id: id("pbk"),
    organisationId: organisationRef(),
    /** As plans and the command line name it, such as `ACME-BUCKET-TAGS`. */
    key: text().notNull(),
    version: integer().notNull(),
    /** Validated by `PlaybookDocument`. */
    document: jsonb().$type<Record<string, unknown>>().notNull(),
    createdBy: userRef(),
    createdAt: moment().notNull().defaultNow(),
    /** Set once a newer version took its place, or the playbook was withdrawn. */
    retiredAt: moment(),
  },
  (t) => [
    uniqueIndex("custom_playbooks_version").on(t.organisationId, t.key, t.version),
    uniqueIndex("custom_playbooks_current").on(t.organisationId, t.key).where(sql`${t.retiredAt} is null`),
  ],
);

/**
 * A plan with what became of it: proposed, decided on, carried out, rolled back. Triggers keep what was submitted from
 * being changed, and a plan from running that hasn't the approvals it takes.
 */
export const remediationPlans = pgTable(
  "remediation_plans",
  {
    id: id("pln"),
    organisationId: organisationRef(),
    /** The playbook's id, such as `AWS-SG-RESTRICTION`, and the digest of the version that it was made from. */
    playbook: text().notNull(),
    playbookHash: text().notNull(),
    title: text().notNull(),
    parameters: jsonb().$type<Record<string, Json>>().notNull(),
    /** Why the one who asks wants it. */
    reason: text().notNull(),
    risk: text({ enum: risks }).notNull(),
    reversible: boolean().notNull(),
    approvalsNeeded: smallint().notNull(),
    state: text({ enum: planStates }).notNull().default("draft"),
    /** Null while it is being planned; what approvals bind to from the submission on. */
    document: jsonb().$type<PlanDocument>(),
    /** SHA-256 of the document's canonical JSON, in hex. */
    hash: text(),
    /** The accounts that it touches: whoever can't see all of them doesn't see it. */
    accountIds: text().array().notNull(),
    requestedBy: userRef(),
    requestedAt: moment().notNull().defaultNow(),
    plannedAt: moment(),
    submittedAt: moment(),
    /** After this moment it can neither be approved nor begun. */
    expiresAt: moment(),
    decidedAt: moment(),
    startedAt: moment(),
    finishedAt: moment(),
    /** Whether it begins by itself once approved, when change windows and the freeze switch let it. */
    runWhenApproved: boolean().notNull().default(true),
    /** The rule by which it was approved without anybody's decision. */
    autoApproval: text(),
    /** The plan whose later, separately approved part this is, such as deleting a key that the other deactivated. */
    follows: text(),
    rollbackBy: text().references(() => users.id),
    rollbackReason: text(),
    rollbackAt: moment(),
    /** In plain words, why it could not be planned, or how it ended badly. */
    error: text(),
    correlationId: text().notNull(),
    revision: integer().notNull().default(1),
  },
  (t) => [
    index("remediation_plans_list").on(t.organisationId, t.state, t.requestedAt.desc(), t.id.desc()),
    index("remediation_plans_newest").on(t.organisationId, t.requestedAt.desc(), t.id.desc()),
    index("remediation_plans_own").on(t.requestedBy, t.requestedAt.desc(), t.id.desc()),
    index("remediation_plans_due").on(t.state, t.expiresAt),
    // What approvals refer to, so that each is for this request by this person and for no other content.
    unique("remediation_plans_approved_as").on(t.id, t.requestedBy, t.hash),
    check("remediation_plans_irreversible", sql`${t.reversible} or ${t.approvalsNeeded} >= 2`),
    check(
      "remediation_plans_submitted",
      sql`${t.state} in ('draft', 'cancelled') or (${t.document} is not null and ${t.hash} is not null and ${t.submittedAt} is not null and ${t.expiresAt} is not null)`,
    ),
  ],
);

/** Append-only. The table itself refuses an approval by the one who asked, and one of another content. */
export const remediationApprovals = pgTable(
  "remediation_approvals",
  {
    organisationId: organisationRef(),
    planId: text().notNull(),
    planHash: text().notNull(),
    requestedBy: text().notNull(),
    userId: userRef(),
    decision: text({ enum: ["approve", "reject"] }).notNull(),
    reason: text().notNull(),
    at: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.userId] }),
    foreignKey({
      name: "remediation_approvals_plan",
      columns: [t.planId, t.requestedBy, t.planHash],
      foreignColumns: [remediationPlans.id, remediationPlans.requestedBy, remediationPlans.hash],
    }),
    check("remediation_approvals_four_eyes", sql`${t.userId} <> ${t.requestedBy}`),
  ],
);

/** A resource that a plan changes. */
export const remediationTargets = pgTable(
  "remediation_targets",
  {
    id: id("tgt"),
    organisationId: organisationRef(),
    planId: text()
      .notNull()
      .references(() => remediationPlans.id),
    ordinal: integer().notNull(),
    /** No foreign keys, since the plan outlives the account and its inventory. */
    accountId: text().notNull(),
    resourceId: text().notNull(),
    uid: text().notNull(),
    kind: text().notNull(),
    region: text().notNull(),
    name: text().notNull(),
    state: text({ enum: targetStates }).notNull().default("waiting"),
    /** What the check said on the fresh read afterwards, by check id. */
    verdicts: jsonb().$type<Record<string, string>>(),
    /** The scan that read it afresh. */
    scanId: text(),
    error: text(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (t) => [
    uniqueIndex("remediation_targets_plan").on(t.planId, t.ordinal),
    index("remediation_targets_resource").on(t.organisationId, t.resourceId),
    index("remediation_targets_account").on(t.accountId),
  ],
);

/** The findings that a plan is to resolve. */
export const remediationFindings = pgTable(
  "remediation_findings",
  {
    planId: text()
      .notNull()
      .references(() => remediationPlans.id),
    targetId: text()
      .notNull()
      .references(() => remediationTargets.id),
    findingId: text()
      .notNull()
      .references(() => findings.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.findingId] }),
    index("remediation_findings_finding").on(t.findingId),
  ],
);

/** One action on one resource: a job, which leaves what it saw before each call and after. */
export const remediationSteps = pgTable(
  "remediation_steps",
  {
    id: id("stp"),
    organisationId: organisationRef(),
    planId: text()
      .notNull()
      .references(() => remediationPlans.id),
    targetId: text()
      .notNull()
      .references(() => remediationTargets.id),
    ordinal: integer().notNull(),
    /** The action's id in the playbook. */
    action: text().notNull(),
    state: text({ enum: stepStates }).notNull().default("waiting"),
    /** Stored before the first call goes out. */
    before: jsonb().$type<Json>(),
    after: jsonb().$type<Json>(),
    /** The calls that were begun and what they answered, without secrets. */
    calls: jsonb().$type<CallRecord[]>().notNull().default([]),
    rollbackCalls: jsonb().$type<CallRecord[]>().notNull().default([]),
    attempts: integer().notNull().default(0),
    workerId: text(),
    error: text(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (t) => [
    uniqueIndex("remediation_steps_target").on(t.targetId, t.ordinal),
    index("remediation_steps_plan").on(t.planId, t.state),
  ],
);

/** What happened, in order: the timeline of an execution. */
export const remediationEvents = pgTable(
  "remediation_events",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    planId: text()
      .notNull()
      .references(() => remediationPlans.id),
    targetId: text(),
    stepId: text(),
    /** Such as `read`, `before_image`, `call`, `after_image`, `verified`, `failed`. */
    kind: text().notNull(),
    detail: jsonb().$type<Record<string, Json>>().notNull().default({}),
    /** How long it took. */
    ms: integer(),
    at: moment().notNull().defaultNow(),
  },
  (t) => [index("remediation_events_plan").on(t.planId, t.id)],
);

/** A secret that a step was given by the provider, such as a new key: sealed, handed over once, then destroyed. */
export const remediationSecrets = pgTable(
  "remediation_secrets",
  {
    id: id("rsc"),
    organisationId: organisationRef(),
    planId: text()
      .notNull()
      .references(() => remediationPlans.id),
    stepId: text()
      .notNull()
      .references(() => remediationSteps.id),
    /** Such as `SecretAccessKey of AKIA…`. */
    name: text().notNull(),
    /** The key that sealed it, by its id in PARAPET_SECRET_KEYS. */
    keyId: text(),
    /** Null once it was collected or its time was over. */
    sealed: bytes(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    collectedBy: text().references(() => users.id),
    collectedAt: moment(),
  },
  (t) => [
    uniqueIndex("remediation_secrets_step").on(t.stepId, t.name),
    index("remediation_secrets_plan").on(t.planId),
  ],
);

/** An organisation's limits; without a row, the defaults. */
export const remediationSettings = pgTable("remediation_settings", {
  organisationId: organisationRef().primaryKey(),
  /** Resources that one plan may change. */
  maxResources: integer().notNull().default(25),
  /** Resources that are changed at the same time. */
  parallel: integer().notNull().default(5),
  /** Per cent of the resources that may fail before the rest is left alone. */
  stopAtFailedPercent: integer().notNull().default(20),
  expiryHours: integer().notNull().default(24),
  /** Set while nothing may be changed in any account. */
  frozenAt: moment(),
  frozenBy: text().references(() => users.id),
  freezeReason: text(),
  revision: integer().notNull().default(1),
});

/** When an account may be changed. An account without a window of its own follows those of all accounts; without any, always. */
export const changeWindows = pgTable(
  "change_windows",
  {
    id: id("cwn"),
    organisationId: organisationRef(),
    /** Null for all accounts. */
    accountId: text().references(() => accounts.id, { onDelete: "cascade" }),
    /** ISO weekdays, 1 for Monday. */
    days: smallint().array().notNull(),
    /** `HH:MM` of the time zone; an end at or before the start is on the next day. */
    start: text().notNull(),
    end: text().notNull(),
    timeZone: text().notNull(),
  },
  (t) => [index("change_windows_account").on(t.organisationId, t.accountId)],
);

/** A standing approval, for low-risk reversible playbooks alone. */
export const autoApprovals = pgTable(
  "auto_approvals",
  {
    id: id("aap"),
    organisationId: organisationRef(),
    playbook: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    severity: text().$type<Severity>().notNull(),
    createdBy: userRef(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [uniqueIndex("auto_approvals_rule").on(t.organisationId, t.playbook, t.accountId, t.severity)],
);

/** A message that is to be sent by e-mail; its words are made when it is sent. */
export const mails = pgTable(
  "mails",
  {
    id: id("mal"),
    organisationId: organisationRef(),
    userId: userRef(),
    kind: text({
      enum: ["approval_asked", "plan_decided", "plan_ended", "notice", "test", "audit_report"],
    }).notNull(),
    planId: text().references(() => remediationPlans.id),
    /** The audit report that it brings. */
    reportId: text().references(() => auditReports.id, { onDelete: "set null" }),
    status: text({ enum: ["waiting", "sent", "failed"] })
      .notNull()
      .default("waiting"),
    attempts: integer().notNull().default(0),
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    sentAt: moment(),
  },
  (t) => [index("mails_list").on(t.organisationId, t.createdAt.desc())],
);
