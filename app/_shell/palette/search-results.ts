import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";

/** What a search over everything finds: the first few of each. Plain JSON. */
export type SearchResults = {
  accounts: { id: string; name: string; externalId: string; cloud: Cloud }[];
  checks: { id: string; title: string; severity: Severity }[];
  resources: { id: string; name: string; kind: string; account: string }[];
  findings: { id: string; title: string; severity: Severity; resource: string; account: string }[];
};
