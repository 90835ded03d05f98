import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { versionsKept } from "#db/resources/detail.ts";
import type { Attempt } from "./staging.ts";

type Moment = Attempt & { at: Date };

/**
 * Keeps what resources were that this attempt found otherwise, or back after they had gone; runs before they are
 * overwritten. What was merely judged by other checks is the same as it was.
 */
export async function keepReplaced(tx: Transaction, attempt: Moment): Promise<void> {
  await keep(
    tx,
    attempt,
    sql`
      select r.id, r.region, r.name, r.tags, r.config, r.unread, r.deleted_at from resources r
      where r.account_id = ${attempt.accountId} and exists (
        select from scan_staging s where s.token = ${attempt.token} and s.uid = r.uid and s.hash is not null
          and (s.hash <> r.hash or r.deleted_at is not null)
      )`,
  );
}

/**
 * Marks resources as gone, and keeps that they were there until now.
 *
 * @param condition Which ones of the account's, over `r`. Those already gone are left alone.
 */
export async function markGoneWhere(tx: Transaction, attempt: Moment, condition: SQL): Promise<number> {
  const at = sql`${attempt.at.toISOString()}::timestamptz`;
  return keep(
    tx,
    attempt,
    sql`
      update resources r set deleted_at = ${at}
      where r.account_id = ${attempt.accountId} and r.deleted_at is null and ${condition}
      returning r.id, r.region, r.name, r.tags, r.config, r.unread, null::timestamptz as deleted_at`,
  );
}

/** Writes the versions and drops those beyond the newest that are kept, both in one statement; returns how many. */
async function keep(tx: Transaction, attempt: Moment, replaced: SQL): Promise<number> {
  const [row] = await tx.execute<{ kept: number }>(sql`
    with replaced as (${replaced}), kept as (
      insert into resource_versions (organisation_id, resource_id, scan_id, replaced_at, region, name, tags, config,
        unread, deleted_at)
      select ${attempt.organisationId}, id, ${attempt.scanId}, ${attempt.at.toISOString()}::timestamptz, region, name,
        tags, config, unread, deleted_at
      from replaced
      returning resource_id
    ), pruned as (
      delete from resource_versions where id in (
        select o.id from kept k cross join lateral (
          select id from resource_versions v where v.resource_id = k.resource_id
          order by v.id desc offset ${versionsKept - 1}
        ) o
      )
    )
    select count(*)::int as kept from kept
  `);
  return row?.kept ?? 0;
}
