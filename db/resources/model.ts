import type { Severity, VerdictStatus } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { FindingSource, FindingState } from "../findings/schema.ts";

/*
 * What queries of resources answer. Plain JSON: moments are ISO strings, so that a page and an API carry the same.
 */

export const resourceSorts = ["name", "changed", "findings"] as const;
/** `changed`: what changed last comes first. `findings`: the gravest open finding first, then what has none, by name. */
export type ResourceSort = (typeof resourceSorts)[number];

/** Open findings by severity. */
export type SeverityCounts = Record<Severity, number>;

/** One line of the list. */
export type ResourceRow = {
  id: string;
  kind: string;
  service: string;
  region: string;
  /** Name and uid are shortened in the middle when longer than 400 characters. */
  name: string;
  uid: string;
  /** Of a disabled account, resources stay as they were last seen. */
  account: { id: string; name: string; cloud: Cloud; disabled: boolean };
  /** The owner tag; empty for none. */
  owner: string;
  /** Null when the scope may not read findings. */
  findings: SeverityCounts | null;
  /** How many parts of it could not be read. */
  unread: number;
  firstSeenAt: string;
  changedAt: string;
  /** Since when it is gone. */
  deletedAt: string | null;
};

export type ResourcePage = {
  rows: ResourceRow[];
  /** Cursor of the page after this one; null at the end. */
  next: string | null;
};

export type ResourceFacetCount = { value: string; count: number };

/** Every facet counts with the other facets' choices and without its own, as if nothing were chosen in it. */
export type ResourceFacetCounts = {
  /** Resources that match every choice. */
  total: number;
  clouds: ResourceFacetCount[];
  accounts: ResourceFacetCount[];
  services: ResourceFacetCount[];
  regions: ResourceFacetCount[];
  kinds: ResourceFacetCount[];
  /** The fifty most frequent and those chosen; an empty value for none. */
  owners: ResourceFacetCount[];
};

/** A finding of a resource, as its page lists it. */
export type ResourceFinding = {
  id: string;
  checkId: string;
  severity: Severity;
  state: FindingState;
  source: FindingSource;
  reason: string;
  openedAt: string;
  resolvedAt: string | null;
  unverifiedSince: string | null;
};

/** What a resource was until a scan found it otherwise. */
export type VersionEntry = {
  id: number;
  /** The scan that found it otherwise, and when. */
  scanId: string;
  replacedAt: string;
  /** Set when what it was is gone; its contents are then those it had before it went. */
  deletedAt: string | null;
};

export type ResourceDetail = {
  id: string;
  kind: string;
  service: string;
  region: string;
  name: string;
  uid: string;
  account: { id: string; name: string; cloud: Cloud; externalId: string; disabledAt: string | null };
  owner: string;
  tags: Record<string, string>;
  config: Record<string, unknown>;
  /** Names of the fields of `config` that could not be read. */
  unread: string[];
  firstSeenAt: string;
  changedAt: string;
  deletedAt: string | null;
  /** How the unit that reads its kind was last read; null before the first time, and for what was imported. */
  coverage: { triedAt: string; complete: boolean; readAt: string | null } | null;
  /** Open ones first, the gravest first; at most 200. Null when the scope may not read findings. */
  findings: ResourceFinding[] | null;
  /** Check id → its present verdict; null when the scope may not read findings. */
  verdicts: Record<string, VerdictStatus> | null;
  /** Newest first; at most as many as are kept. */
  versions: VersionEntry[];
};

/** The contents of a resource at one time; what a diff compares. */
export type Snapshot = {
  region: string;
  name: string;
  tags: Record<string, string>;
  config: Record<string, unknown>;
  unread: string[];
};

/** A resource that another one names, or that names it. */
export type Relation = {
  id: string;
  kind: string;
  name: string;
  uid: string;
  region: string;
  account: { id: string; name: string };
  deletedAt: string | null;
};

export type RelationGroup = {
  kind: string;
  /** At most 20. */
  rows: Relation[];
  /** All of the kind; counting ends at `relationLimit`. */
  count: number;
};

export type Relations = {
  /** What its configuration names. */
  names: RelationGroup[];
  /** Whose configuration names it. */
  namedBy: RelationGroup[];
  /** True for a side that holds more than was counted. */
  more: { names: boolean; namedBy: boolean };
};
