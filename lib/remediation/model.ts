import type { Cloud, Kind } from "#lib/inventory/model.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where a plan stands. `approved` also means: waiting for its change window, or for somebody to start it. */
export const planStates = [
  "draft",
  "awaiting_approval",
  "approved",
  "running",
  "verifying",
  "succeeded",
  "changed_unverified",
  "failed",
  "rejected",
  "expired",
  "cancelled",
  "rolling_back",
  "rolled_back",
  "rollback_failed",
] as const;
export type PlanState = (typeof planStates)[number];

/** Where one of its resources stands. `skipped`: nothing was done to it, such as when too many others had failed. */
export const targetStates = [
  "waiting",
  "running",
  "verifying",
  "succeeded",
  "changed_unverified",
  "failed",
  "skipped",
  "rolling_back",
  "rolled_back",
  "rollback_failed",
] as const;
export type TargetState = (typeof targetStates)[number];

export const stepStates = [
  "waiting",
  "running",
  "applied",
  "skipped",
  "failed",
  "rolling_back",
  "rolled_back",
  "rollback_failed",
] as const;
export type StepState = (typeof stepStates)[number];

export const risks = ["low", "medium", "high"] as const;
export type Risk = (typeof risks)[number];

/** The resource that an action is for, as the provider knows it. */
export type Target = {
  /** The provider's own full id. */
  uid: string;
  kind: Kind;
  cloud: Cloud;
  /** The provider's account id. */
  account: string;
  region: string;
  name: string;
};

/**
 * One call of a provider, as data: what is shown, approved and made. Inputs may name what an earlier call of the same
 * action answered, by `{ "$output": "<call id>.<path>" }`.
 */
export type PlannedCall = {
  /** Unique within its action, such as `revoke`. */
  id: string;
  /** A call of the catalogue, such as `aws.ec2.RevokeSecurityGroupIngress`. */
  api: string;
  /** The region that it is sent to, for clouds whose addresses differ by it. */
  region?: string;
  input: { [key: string]: Json };
};

/** What is kept of a call that went out; one without `endedAt` was begun, and nobody knows how it ended. */
export type CallRecord = {
  id: string;
  api: string;
  /** ISO 8601. */
  startedAt: string;
  endedAt?: string;
  /** What it answered, as far as later calls and the way back take it; never a secret. */
  output?: Json;
  error?: string;
  /** Of the way back: which going-back and attempt at it the call belongs to. */
  round?: string;
};

/** The way back that is planned, or in plain words why there is none. */
export type WayBack = { calls: PlannedCall[] } | { irreversible: string };

/** What an action would do to one resource. */
export type ActionPlan =
  | {
      outcome: "change";
      /** The part of the resource that the action is about, as it is now. */
      before: Json;
      /** As it will be. What only the provider can say is named by `{ "$output": … }`. */
      after: Json;
      calls: PlannedCall[];
      /** The equivalent commands, one per call. */
      commands: string[];
      wayBack: WayBack;
      /** Commands of the way back. */
      wayBackCommands: string[];
      /** What whoever approves should know: exceptions kept, what it may interrupt, what is left to people. */
      notes: string[];
    }
  /** It is so already. */
  | { outcome: "nothing"; before: Json; reason: string }
  /** It can't be done safely; the plan as a whole can't be submitted with this resource in it. */
  | { outcome: "refused"; reason: string };

export type PlannedAction = {
  /** The action's id in the playbook. */
  action: string;
  title: string;
  kind: string;
  /** Of the kind, such as `aws.ec2.restrict-ingress`. */
  operation: string;
  /** The action's own parameters, resolved. */
  with: { [key: string]: Json };
  timeoutSeconds: number;
  plan: ActionPlan;
};

export type PlannedTarget = Target & {
  /** Parapet's own ids. */
  resourceId: string;
  accountId: string;
  findings: { id: string; checkId: string }[];
  actions: PlannedAction[];
};

/** What is hashed, shown, approved and carried out: nothing else is. */
export type PlanDocument = {
  format: 1;
  playbook: { id: string; hash: string; title: string };
  parameters: { [key: string]: Json };
  targets: PlannedTarget[];
};
