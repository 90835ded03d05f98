import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { Attempt } from "./staging.ts";

/**
 * Counts the unit's resources by kind, region and owner, and writes only the counts that differ. Whoever adds or removes
 * resources calls it in the same transaction, while holding the account.
 */
export async function recountResources(
  tx: Transaction,
  unit: Pick<Attempt, "organisationId" | "accountId" | "service" | "region">,
): Promise<void> {
  await tx.execute(sql`
    with counted as materialized (
      select r.kind, r.region, r.owner, count(*)::int as resources from resources r
      where r.account_id = ${unit.accountId} and r.service = ${unit.service} and r.unit_region = ${unit.region}
        and r.deleted_at is null
      group by r.kind, r.region, r.owner
    ), emptied as (
      delete from resource_counters c
      where c.account_id = ${unit.accountId} and c.service = ${unit.service} and c.unit_region = ${unit.region}
        and not exists (
          select from counted n where n.kind = c.kind and n.region = c.region and n.owner = c.owner
        )
    )
    insert into resource_counters (organisation_id, account_id, service, unit_region, kind, region, owner, resources)
    select ${unit.organisationId}, ${unit.accountId}, ${unit.service}, ${unit.region}, kind, region, owner, resources
    from counted
    on conflict on constraint resource_counters_identity do update set resources = excluded.resources
      where resource_counters.resources <> excluded.resources
  `);
}
