import { searchAccounts } from "#db/accounts/search.ts";
import type { Database } from "#db/client.ts";
import { listFindings } from "#db/findings/list.ts";
import { listResources } from "#db/resources/list.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { catalogue } from "#lib/checks/index.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import { resourceFilter } from "#lib/inventory/resource-filter.ts";
import type { SearchResults } from "./palette/search-results.ts";

const most = 5;
/** Shorter ones are in nearly every name. */
const fewestCharacters = 2;

const titles = new Map(catalogue.map(({ id, title }) => [id, title]));
const nothing: SearchResults = { accounts: [], checks: [], resources: [], findings: [] };

/** The first accounts, checks, resources and open findings that have the text in them. */
export async function searchEverything(db: Database, scope: Scope, typed: string): Promise<SearchResults> {
  const text = typed.trim().slice(0, 200);
  if (text.length < fewestCharacters) return nothing;
  const [accounts, resources, findings] = await Promise.all([
    searchAccounts(db, scope, text, most),
    listResources(db, scope, resourceFilter({ text }), { sort: "name", limit: most }),
    listFindings(db, scope, findingFilter({ text, states: [...openStates] }), {
      sort: "severity",
      limit: most,
    }),
  ]);
  return {
    accounts,
    checks: searchChecks(text),
    resources: resources.rows.map(({ id, name, kind, account }) => ({
      ...{ id, name, kind },
      account: account.name,
    })),
    findings: findings.rows.map(({ id, checkId, severity, resource, account }) => ({
      ...{ id, severity, title: titles.get(checkId) ?? checkId, resource: resource.name },
      account: account.name,
    })),
  };
}

function searchChecks(text: string): SearchResults["checks"] {
  const words = text.toLowerCase().split(/\s+/);
  return catalogue
    .filter(({ id, title }) => words.every((word) => `${title} ${id}`.toLowerCase().includes(word)))
    .slice(0, most)
    .map(({ id, title, severity }) => ({ id, title, severity }));
}
