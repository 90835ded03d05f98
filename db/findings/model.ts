import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { FindingFix } from "../remediation/model.ts";
import type { Evidence, FindingSource, FindingState, resolutions, transitionKinds } from "./schema.ts";

/*
 * What queries of findings answer. Plain JSON: moments are ISO strings, so that a page and an API carry the same.
 */

export type Person = { id: string; name: string };

/** One line of the list. */
export type FindingRow = {
  id: string;
  checkId: string;
  severity: Severity;
  status: "open" | "resolved";
  state: FindingState;
  source: FindingSource;
  reason: string;
  /** Of a disabled account, findings stay as they were last seen. */
  account: { id: string; name: string; cloud: Cloud; disabled: boolean };
  service: string;
  region: string;
  /** Name and uid are shortened in the middle when longer than 400 characters. */
  resource: { id: string; name: string; uid: string };
  assignee: Person | null;
  /** The owner tag of the resource; empty for none. */
  owner: string;
  openedAt: string;
  dueAt: string | null;
  resolvedAt: string | null;
  /** When the mute or acceptance ends. */
  suppressedUntil: string | null;
  /** True while a manager is asked to accept its risk. */
  acceptanceAsked: boolean;
  reopened: number;
  unverifiedSince: string | null;
  revision: number;
  /** Where its fix stands, null for none; left out where that was not asked for. */
  fix?: Pick<FindingFix, "id" | "state"> | null;
};

export type FindingPage = {
  rows: FindingRow[];
  /** Cursor of the page after this one; null at the end. */
  next: string | null;
};

export type FacetCount<T extends string = string> = { value: T; count: number };

/** Every facet counts with the other facets' choices and without its own, as if nothing were chosen in it. */
export type FacetCounts = {
  /** Findings that match every choice. */
  total: number;
  states: FacetCount<FindingState>[];
  severities: FacetCount<Severity>[];
  clouds: FacetCount<Cloud>[];
  accounts: FacetCount[];
  services: FacetCount[];
  regions: FacetCount[];
  checks: FacetCount[];
  /** By user id; an empty value for nobody. */
  assignees: (FacetCount & { name: string })[];
  /** The fifty most frequent and those chosen; an empty value for none. */
  owners: FacetCount[];
  sources: FacetCount<FindingSource>[];
  due: { overdue: number; soon: number };
};

export const findingGroupings = ["check", "resource", "account", "owner"] as const;
export type FindingGrouping = (typeof findingGroupings)[number];

/** Findings alike in one respect, gravest groups first. */
export type FindingGroup = {
  /** The check's, resource's or account's id, or the owner tag. */
  key: string;
  /** The resource's or account's name; for a check or owner the same as `key`. */
  name: string;
  /** Of a resource: its uid, kind and account. */
  resource?: { uid: string; kind: string; accountId: string; accountName: string };
  findings: number;
  severities: Record<Severity, number>;
  /** Resources that are concerned; null where it isn't counted. */
  resources: number | null;
};

export type FindingGroupPage = {
  groups: FindingGroup[];
  next: string | null;
  /** How many groups there are; null where counting them would take long. */
  total: number | null;
};

export type FindingException = {
  id: string;
  kind: "muted" | "risk_accepted";
  status: "asked" | "granted" | "rejected" | "withdrawn" | "expired" | "ended";
  reason: string;
  until: string;
  askedBy: Person;
  askedAt: string;
  decidedBy: Person | null;
  decidedAt: string | null;
  decisionNote: string | null;
};

export type FindingComment = {
  id: string;
  author: Person;
  /** Plain text; a mention reads `@[usr_…]`, and `mentions` has the names. Empty once it is deleted. */
  body: string;
  mentions: Person[];
  at: string;
  editedAt: string | null;
  deletedAt: string | null;
};

/** What happened to a finding, oldest first: by scans, by people, by the passing of a date. */
export type TimelineEntry =
  | {
      type: "transition";
      id: string;
      scanId: string;
      kind: (typeof transitionKinds)[number];
      reason: string;
      at: string;
    }
  | {
      type: "change";
      /** The change's id; `undone` says whether it was undone. */
      id: string;
      act: string;
      actor: Person | null;
      before: Record<string, unknown>;
      after: Record<string, unknown>;
      /** Names of the users whose ids stand in `before` and `after`. */
      people: Person[];
      undone: boolean;
      at: string;
    }
  | ({ type: "comment" } & FindingComment);

/** One finding with all that its panel shows. */
export type FindingDetail = Omit<FindingRow, "resource" | "account" | "acceptanceAsked"> & {
  account: { id: string; name: string; cloud: Cloud; externalId: string; disabledAt: string | null };
  resource: {
    id: string;
    uid: string;
    name: string;
    kind: string;
    tags: Record<string, string>;
    config: Record<string, unknown>;
    unread: string[];
    changedAt: string;
    deletedAt: string | null;
  };
  evidence: Evidence;
  resolution: (typeof resolutions)[number] | null;
  firstSeenAt: string;
  /** When a scan last read its kind whole, there where it is; null before the first time, and for what was imported. */
  confirmedAt: string | null;
  dueByHand: boolean;
  exception: FindingException | null;
  timeline: TimelineEntry[];
};
