import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type {
  CallRecord,
  Json,
  PlanDocument,
  PlanState,
  Risk,
  StepState,
  TargetState,
} from "#lib/remediation/model.ts";
import type { Playbook } from "#lib/remediation/playbook.ts";

/** Dates are ISO 8601 throughout, since these go to the browser as JSON. */
export type Person = { id: string; name: string };

export type Decision = { by: Person; decision: "approve" | "reject"; reason: string; at: string };

/** How far a plan reaches, counted from the newest inventory. */
export type BlastRadius = {
  resources: number;
  accounts: { id: string; name: string; cloud: Cloud; environment: string | null; resources: number }[];
  /** Resources that name one of the plan's in their configuration, such as instances in a security group. */
  dependents: number;
  /** Some of them, by name; 10 at most. */
  dependentSamples: { id: string; kind: string; name: string }[];
  /** `key=value` of the plan's resources, the most frequent first; 10 at most. */
  tags: { tag: string; resources: number }[];
};

/** A plan as lists show it. */
export type PlanSummary = {
  id: string;
  playbook: string;
  title: string;
  reason: string;
  state: PlanState;
  risk: Risk;
  reversible: boolean;
  approvalsNeeded: number;
  decisions: Decision[];
  /** The rule that approved it in place of people; null for none. */
  autoApproval: string | null;
  requestedBy: Person;
  requestedAt: string;
  /** Null while it is being planned. */
  plannedAt: string | null;
  submittedAt: string | null;
  expiresAt: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  hash: string | null;
  error: string | null;
  resources: number;
  /** Of its resources, by state. */
  progress: Partial<Record<TargetState, number>>;
  /** The gravest of the findings that it is to resolve. */
  severity: Severity | null;
  findings: number;
  accountNames: string[];
  follows: string | null;
  revision: number;
  /** What the reader may do with it now, by permission, state, and not having asked for it. */
  can: {
    submit: boolean;
    decide: boolean;
    run: boolean;
    cancel: boolean;
    rollBack: boolean;
  };
  /** Why the reader can't decide on it although it waits for a decision, such as having asked for it; null otherwise. */
  cannotDecide: string | null;
};

export type StepView = {
  id: string;
  ordinal: number;
  action: string;
  state: StepState;
  before: Json;
  after: Json;
  calls: CallRecord[];
  rollbackCalls: CallRecord[];
  attempts: number;
  error: string | null;
  startedAt: string | null;
  finishedAt: string | null;
};

export type TargetView = {
  id: string;
  ordinal: number;
  accountId: string;
  accountName: string;
  resourceId: string;
  uid: string;
  kind: string;
  region: string;
  name: string;
  state: TargetState;
  verdicts: Record<string, string> | null;
  scanId: string | null;
  error: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  findings: { id: string; checkId: string }[];
  steps: StepView[];
};

export type PlanEvent = {
  id: number;
  targetId: string | null;
  stepId: string | null;
  kind: string;
  detail: Record<string, Json>;
  ms: number | null;
  at: string;
};

/** A plan's whole page. */
export type PlanDetail = PlanSummary & {
  parameters: Record<string, Json>;
  document: PlanDocument | null;
  blastRadius: BlastRadius;
  targets: TargetView[];
  runWhenApproved: boolean;
  /** Why an approved plan hasn't begun: frozen, or its change window opens then. */
  waitsFor: { what: "freeze" | "window" | "start"; until: string | null } | null;
  rollback: { by: Person; reason: string; at: string } | null;
  /** Secrets that the execution was handed out, waiting for who asked for the plan. */
  secrets: { id: string; name: string; expiresAt: string; collectedAt: string | null }[];
};

/** `waiting`: for a decision; `own`: asked by the reader; `active`: approved or under way; `ended`: the rest. */
export type PlanList = "waiting" | "own" | "active" | "ended" | "all";

export type PlanPage = { plans: PlanSummary[]; next: string | null };

/** A playbook as the library shows it. */
export type PlaybookView = Playbook & {
  source: "built_in" | "custom";
  version: number;
  hash: string;
  /** Open findings, in the accounts that the reader sees, that it fixes. */
  openFindings: number;
  permissions: { cloud: Cloud; read: readonly string[]; write: readonly string[] }[];
  createdBy: Person | null;
  createdAt: string | null;
};

/** Where the fix of one finding stands, for its panel; the newest plan that isn't a forgotten draft. */
export type FindingFix = Pick<
  PlanSummary,
  "id" | "playbook" | "title" | "state" | "requestedBy" | "requestedAt" | "expiresAt"
> & {
  targetState: TargetState;
};

export type RemediationLimits = {
  /** Resources that one plan may change. */
  maxResources: number;
  /** Resources that are changed at the same time. */
  parallel: number;
  /** Per cent of the resources that may fail before the rest is left alone. */
  stopAtFailedPercent: number;
  /** How long a plan can be approved and begun after it was submitted. */
  expiryHours: number;
};

/** What holds where nobody has set anything. */
export const remediationDefaults: RemediationLimits = {
  maxResources: 25,
  parallel: 5,
  stopAtFailedPercent: 20,
  expiryHours: 24,
};

export type ChangeWindow = {
  id: string;
  /** Null for all accounts. */
  account: Person | null;
  /** ISO weekdays, 1 for Monday. */
  days: number[];
  /** `HH:MM`; an end at or before the start is on the next day. */
  start: string;
  end: string;
  /** Such as `Europe/Vienna`. */
  timeZone: string;
};

export type AutoApproval = {
  id: string;
  playbook: string;
  account: Person;
  /** Findings of exactly this severity. */
  severity: Severity;
  createdBy: Person;
  createdAt: string;
};

export type RemediationSettings = RemediationLimits & {
  /** 0 where nobody has set anything. */
  revision: number;
  /** Set while nothing may be changed in any account. */
  freeze: { by: Person | null; at: string; reason: string } | null;
  windows: ChangeWindow[];
  autoApprovals: AutoApproval[];
};

/** A playbook that is of use for some findings, and for how many of them. */
export type PlaybookOffer = { playbook: PlaybookView; findings: number };
