import type { FindingSource } from "#db/findings/schema.ts";

/*
 * What an address may ask for, apart from the schema in search-params.ts, so that the browser is not sent a parser it
 * never uses.
 */

/** `open` is what still has to be worked on: new and in progress. */
export const stateChoices = ["open", "new", "in_progress", "muted", "accepted", "resolved", "all"] as const;
export type StateChoice = (typeof stateChoices)[number];

export const sortChoices = ["severity", "newest", "oldest", "due"] as const;
export type SortChoice = (typeof sortChoices)[number];

export const dueChoices = ["any", "overdue", "soon"] as const;
export type DueChoice = (typeof dueChoices)[number];

export const groupChoices = ["none", "check", "resource", "account", "owner"] as const;
export type GroupChoice = (typeof groupChoices)[number];

export const scanChanges = ["opened", "resolved", "reopened"] as const;
export type ScanChange = (typeof scanChanges)[number];

export const panelTabs = ["finding", "resource", "activity"] as const;
export type PanelTab = (typeof panelTabs)[number];

export const sourceChoices = [
  "parapet",
  "prowler",
  "security_hub",
  "sarif",
] as const satisfies readonly FindingSource[];

/** Columns beside the finding itself, in the order they stand in. */
export const columnChoices = [
  "severity",
  "resource",
  "account",
  "service",
  "region",
  "check",
  "owner",
  "assignee",
  "state",
  "due",
  "source",
  "age",
] as const;
export type Column = (typeof columnChoices)[number];
export const usualColumns: readonly Column[] = ["severity", "account", "assignee", "state", "due", "age"];

/** What narrows the list by one or several values, in the order of the filter rail. */
export const facetNames = [
  "severity",
  "cloud",
  "account",
  "service",
  "region",
  "check",
  "assignee",
  "owner",
  "source",
  "resource",
] as const;
export type FacetName = (typeof facetNames)[number];

/** Values of `assignee` beside the ids of users. */
export const me = "me";
export const nobody = "nobody";
