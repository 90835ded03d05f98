import { eq } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { accounts } from "../accounts/schema.ts";
import type { Store } from "../client.ts";
import type { Dimension } from "./cells.ts";
import type { CubeChoice } from "./cube/count-cube.ts";
import { type Facet, facets } from "./filters.ts";

/** What each facet is counted by; the cloud is its account's. */
export const dimensionOf: Record<Facet, Dimension> = {
  states: "state",
  severities: "severity",
  clouds: "accountId",
  accountIds: "accountId",
  services: "service",
  regions: "region",
  checkIds: "checkId",
  assigneeIds: "assigneeId",
  owners: "owner",
  sources: "source",
};

/** The cloud of each account of the organisation. */
export async function readClouds(db: Store, scope: Scope): Promise<Map<string, Cloud>> {
  const rows = await db
    .select({ id: accounts.id, cloud: accounts.cloud })
    .from(accounts)
    .where(eq(accounts.organisationId, scope.organisationId));
  return new Map(rows.map(({ id, cloud }) => [id, cloud]));
}

/** What is chosen in each facet, as counts in memory are asked. */
export const choicesOf = (filter: FindingFilter, cloudOf: ReadonlyMap<string, Cloud>): CubeChoice<Facet>[] =>
  facets
    .filter((facet) => filter[facet].length > 0)
    .map((facet) => ({
      facet,
      dimension: dimensionOf[facet],
      values:
        facet === "clouds"
          ? new Set([...cloudOf].flatMap(([id, cloud]) => (filter.clouds.includes(cloud) ? id : [])))
          : new Set<string>(filter[facet]),
    }));
