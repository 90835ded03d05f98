import { and, count, eq, inArray } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import { resources } from "../resources/schema.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { matchingFindings } from "./filters.ts";
import { findPlaces } from "./find-places.ts";
import type { FindingGroup, FindingGroupPage } from "./model.ts";
import { findings } from "./schema.ts";
import { noSeverities } from "./severity-counts.ts";

/**
 * Resources stand where the gravest of their findings that match stands in the list, so a page of them is found by keyset
 * as a page of findings is, and neither all findings nor all resources are gone through. How many there are isn't counted.
 */
export async function listResourceGroups(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  { limit, after }: { limit: number; after?: string },
): Promise<FindingGroupPage> {
  const tops = await findPlaces(db, scope, filter, {
    sort: "severity",
    limit: limit + 1,
    at: decodeCursor(after ?? ""),
    firstOfResource: true,
  });
  const shown = tops.slice(0, limit);
  const last = shown.at(-1);
  const groups = await describeResources(
    db,
    scope,
    filter,
    shown.map(({ resourceId }) => resourceId),
  );
  return { groups, next: last && tops.length > limit ? encodeCursor(last) : null, total: null };
}

async function describeResources(
  db: Store,
  scope: Scope,
  filter: FindingFilter,
  ids: readonly string[],
): Promise<FindingGroup[]> {
  if (ids.length === 0) return [];
  const [counts, named] = await Promise.all([
    db
      .select({ resourceId: findings.resourceId, severity: findings.severity, count: count() })
      .from(findings)
      .where(and(matchingFindings(scope, filter), inArray(findings.resourceId, [...ids])))
      .groupBy(findings.resourceId, findings.severity),
    db
      .select({
        id: resources.id,
        uid: resources.uid,
        name: resources.name,
        kind: resources.kind,
        accountId: resources.accountId,
        accountName: accounts.name,
      })
      .from(resources)
      .innerJoin(accounts, eq(accounts.id, resources.accountId))
      .where(inArray(resources.id, [...ids])),
  ]);
  const byId = new Map(named.map((resource) => [resource.id, resource]));
  return ids.flatMap((key) => {
    const resource = byId.get(key);
    if (!resource) return [];
    const { uid, kind, accountId, accountName, name } = resource;
    const severities = noSeverities();
    for (const each of counts) if (each.resourceId === key) severities[each.severity] = each.count;
    const findings = Object.values(severities).reduce((sum, each) => sum + each, 0);
    return { key, name, resource: { uid, kind, accountId, accountName }, findings, severities, resources: 1 };
  });
}
