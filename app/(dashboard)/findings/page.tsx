import type { Metadata } from "next";
import { headers } from "next/headers";
import { database } from "#db/client.ts";
import { getLatestScans } from "#db/scans/queries.ts";
import { listAssignable, listViews } from "#db/triage/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { currentUser, requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { Workbench } from "./_page/workbench.tsx";
import { readPanel } from "./_panel/read-panel.ts";
import type { Abilities, Initial, ScanState } from "./_state/initial.ts";
import { filterQuery, groupsQuery, listQuery } from "./hrefs.ts";
import { readFacets, readGroups, readList } from "./read-findings.ts";
import { type FindingSearch, parseFindingSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Findings" };

/** The first view whole; from there on the browser asks for what changes (`app/api/findings`). */
export default async function FindingsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, raw, user, sent] = await Promise.all([
    requireScope(),
    searchParams,
    currentUser(),
    headers(),
  ]);
  if (!user) return null;
  const { db } = database();
  const [initial, people, scans] = await Promise.all([
    readInitial(scope, parseFindingSearch(raw)),
    listAssignable(db, scope),
    readScans(scope),
  ]);
  return (
    <Workbench
      initial={initial}
      me={{ id: user.id, name: user.name }}
      people={people.map(({ id, name }) => ({ id, name }))}
      abilities={abilitiesOf(scope)}
      scans={scans}
      startedAt={new Date().toISOString()}
      phone={/\bMobi/.test(sent.get("user-agent") ?? "")}
    />
  );
}

async function readInitial(scope: Scope, search: FindingSearch): Promise<Initial> {
  const grouped = search.group !== "none";
  const [page, groups, facets, finding, views] = await Promise.all([
    grouped ? null : readList(scope, search),
    grouped ? readGroups(scope, search) : null,
    readFacets(scope, search),
    search.finding ? readOpened(scope, search.finding) : null,
    listViews(database().db, scope, "findings"),
  ]);
  return {
    list: page && { query: listQuery(search), page },
    groups: groups && { query: groupsQuery(search), page: groups },
    facets: { query: filterQuery(search), view: facets },
    finding,
    views,
  };
}

/** The panel's content, or null when the address names no finding that can be seen. */
async function readOpened(scope: Scope, findingId: string) {
  try {
    return await readPanel(scope, findingId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

async function readScans(scope: Scope): Promise<ScanState> {
  const { running, last } = await getLatestScans(database().db, scope);
  return {
    runningId: running?.id ?? null,
    hasEnded: last !== null,
    unread: last ? last.units.gap + last.units.failed : 0,
  };
}

const abilitiesOf = (scope: Scope): Abilities => ({
  triage: scope.can("findings:triage"),
  askRisk: scope.can("risk:ask"),
  decideRisk: scope.can("risk:decide"),
  shareViews: scope.can("views:share"),
  proposeFixes: scope.can("remediation:propose"),
  readTrail: scope.can("audit:read") && scope.accountIds === null,
});
