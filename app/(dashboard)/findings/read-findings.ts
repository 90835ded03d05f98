import { listAccountNames } from "#db/accounts/names.ts";
import { database } from "#db/client.ts";
import type { FindingGroup, FindingGroupPage, FindingPage } from "#db/findings/model.ts";
import { countFacets, listFindingGroups, listFindings } from "#db/findings/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { type FacetView, labelFacets } from "./facets.ts";
import { filterOf } from "./filter-of.ts";
import { findingLabels, readCheckTitles } from "./labels.ts";
import type { FindingSearch } from "./search-params.ts";
import { withFixes } from "./with-fixes.ts";

/* The same answers for the page's first view and for what the browser asks afterwards. */

/** Rows of one answer: few enough to be read fast, many enough to scroll through. */
export const pageSize = 100;
const groupPageSize = 60;

export type LabelledGroup = FindingGroup & { label: string };
export type GroupPage = Omit<FindingGroupPage, "groups"> & { groups: LabelledGroup[] };

export async function readList(
  scope: Scope,
  search: FindingSearch,
  after?: string,
  limit = pageSize,
): Promise<FindingPage> {
  const page = await listFindings(database().db, scope, filterOf(search, scope.actor.id), {
    sort: search.sort,
    limit,
    ...(after ? { after } : {}),
  });
  return { ...page, rows: await withFixes(scope, page.rows) };
}

export async function readFacets(scope: Scope, search: FindingSearch): Promise<FacetView> {
  const { db } = database();
  const [counts, accounts] = await Promise.all([
    countFacets(db, scope, filterOf(search, scope.actor.id)),
    listAccountNames(db, scope),
  ]);
  const titles = await readCheckTitles(db, scope, [
    ...counts.checks.map(({ value }) => value),
    ...search.check,
  ]);
  return labelFacets(counts, search, findingLabels(accounts, titles), scope.actor.id);
}

export async function readGroups(scope: Scope, search: FindingSearch, after?: string): Promise<GroupPage> {
  if (search.group === "none") throw new DomainError("invalid_input", "Say what to group the findings by.");
  const { db } = database();
  const page = await listFindingGroups(db, scope, filterOf(search, scope.actor.id), {
    by: search.group,
    limit: groupPageSize,
    ...(after ? { after } : {}),
  });
  const titles = await readCheckTitles(
    db,
    scope,
    search.group === "check" ? page.groups.map(({ key }) => key) : [],
  );
  const labelOf = ({ key, name }: FindingGroup) =>
    search.group === "check" ? titles(key) : search.group === "owner" ? key : name;
  return { ...page, groups: page.groups.map((group) => ({ ...group, label: labelOf(group) })) };
}
