import type { Severity } from "#lib/checks/model.ts";
import type { Cloud, Kind } from "#lib/inventory/model.ts";
import type { Json, Risk } from "./model.ts";

export const playbookCategories = [
  "exposure",
  "network",
  "encryption",
  "logging",
  "identity",
  "credentials",
  "other",
] as const;
export type PlaybookCategory = (typeof playbookCategories)[number];

/** A parameter that whoever proposes the fix fills in. */
export type ParameterSpec = {
  title: string;
  /** What it does, and an example. */
  help: string;
} & (
  | { type: "text"; default?: string; pattern?: string; maxLength?: number; optional?: boolean }
  | { type: "number"; default?: number; min?: number; max?: number; optional?: boolean }
  | { type: "boolean"; default: boolean }
  | { type: "choice"; choices: readonly { value: string; title: string }[]; default?: string }
  /** One text per line; each must match `pattern`. */
  | { type: "list"; default?: readonly string[]; pattern?: string; maxItems?: number }
);

/** Whether an action is done to a resource. Every part given must hold. */
export type Condition = {
  clouds?: readonly Cloud[];
  kinds?: readonly Kind[];
  /** One of the checks that the resource is to be fixed for. */
  checks?: readonly string[];
  /** A parameter's value. */
  parameter?: { name: string; equals: Json };
  all?: readonly Condition[];
  any?: readonly Condition[];
  not?: Condition;
};

/** What must be so before a plan can be submitted. Checked when planning, and again before the first call. */
export const prerequisites = {
  write_identity: "The account has a write identity",
  resource_present: "The resource is in the newest inventory",
  check_failing: "The check still fails on the newest inventory",
} as const;
export type Prerequisite = keyof typeof prerequisites;

export type PlaybookAction = {
  /** Unique in the playbook, such as `remove-open-rules`. */
  id: string;
  title: string;
  kind: string;
  operation: string;
  /**
   * The operation's own parameters; `{ "$parameter": "name" }` stands for a value of the playbook's, `{ "$checks": true }`
   * for the ids of the checks that the resource is to be fixed for.
   */
  with?: { [key: string]: Json };
  when?: Condition;
  timeoutSeconds: number;
};

/** Data alone, so that built-in ones and an organisation's own are the same thing, and a digest names each version. */
export type Playbook = {
  /** Such as `AWS-SG-RESTRICTION`. */
  id: string;
  title: string;
  /** What it changes, in two or three sentences. */
  description: string;
  category: PlaybookCategory;
  clouds: readonly Cloud[];
  severity: Severity;
  /** Ids of the checks that it fixes. */
  fixes: readonly string[];
  parameters: Readonly<Record<string, ParameterSpec>>;
  prerequisites: readonly Prerequisite[];
  risk: Risk;
  /** People who must approve; never below 2 when anything of it can't be undone. */
  approvals: 0 | 1 | 2;
  /** What can't be undone, one sentence each; empty when everything can. */
  irreversible: readonly string[];
  /** What is left to people, such as enrolling a device; one sentence each. */
  leftToPeople: readonly string[];
  actions: readonly PlaybookAction[];
};

/** Whether a playbook does nothing but tell people and programs; anything else changes something, and takes an approval. */
export const onlyTells = ({ actions }: Pick<Playbook, "actions">): boolean =>
  actions.every(({ kind }) => kind === "notification" || kind === "webhook");

/** Declares a built-in playbook; `playbooks/index.ts` lists them, and a test holds all of them to the rules. */
export const definePlaybook = (playbook: Playbook): Playbook => playbook;
