import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import type { ScanScope } from "#db/scans/schema.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Attempt } from "./staging.ts";

export type ClaimedUnit = Attempt & {
  kinds: string[] | null;
  supporting: boolean;
  scope: ScanScope;
  asOf: Date;
  account: {
    id: string;
    cloud: Cloud;
    level: AccountLevel;
    externalId: string;
    connection: Record<string, unknown>;
    /** Whose secrets the connection takes, if not its own. */
    sourceId: string | null;
  };
};

type Row = Omit<ClaimedUnit, "asOf" | "account"> & {
  asOf: string;
  cloud: Cloud;
  level: AccountLevel;
  externalId: string;
  connection: Record<string, unknown>;
  sourceId: string | null;
};

/**
 * Takes a unit for one attempt under a fresh token, also from a worker that died with it: the queue decides that, and the
 * older token is worth nothing from here on. `null` when there is nothing to do any more.
 */
export async function claimUnit(db: Database, unitId: string, workerId: string): Promise<ClaimedUnit | null> {
  const row = await db.transaction(async (tx) => {
    // Whoever disables the account meanwhile waits for this, and then finds the unit running. The account comes first, as
    // there, so that the two can't wait for each other.
    await tx.execute(sql`
      select from accounts where id = (select account_id from scan_units where id = ${unitId}) for share
    `);
    const [held] = await tx.execute<{ token: string | null }>(
      sql`select token from scan_units where id = ${unitId} for no key update`,
    );
    // What a dead attempt had staged would stay otherwise.
    if (held?.token) await tx.execute(sql`delete from scan_staging where token = ${held.token}`);
    const [claimed] = await tx.execute<Row>(sql`
    update scan_units u set status = 'running', token = ${randomUUID()}::uuid, worker_id = ${workerId},
      attempts = u.attempts + 1, started_at = now(), error = null
    from scans s, accounts a
    where u.id = ${unitId} and u.status in ('queued', 'running') and s.id = u.scan_id and s.status = 'running'
      and a.id = u.account_id and a.disabled_at is null
    returning u.token, u.id as "unitId", u.scan_id as "scanId", u.organisation_id as "organisationId",
      u.account_id as "accountId", u.service, u.region, u.kinds, u.supporting, s.scope, s.as_of as "asOf", a.cloud,
      a.level, a.external_id as "externalId", a.connection, a.source_id as "sourceId"
  `);
    return claimed;
  });
  if (!row) return null;
  const { asOf, cloud, level, externalId, connection, sourceId, ...unit } = row;
  const account = { id: unit.accountId, cloud, level, externalId, connection, sourceId };
  return { ...unit, asOf: new Date(asOf), account };
}
