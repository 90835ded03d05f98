import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Database, Transaction } from "../client.ts";

type Store = Database | Transaction;

/** How well one service of an account is known. A piece is one kind of resource in one region. */
export type ServiceCoverage = {
  service: string;
  regions: number;
  pieces: number;
  /** Pieces of which the newest try listed every resource. */
  whole: number;
  /** Those of which it did not. */
  unread: { kind: string; regions: string[] }[];
  /** When the piece that was tried longest ago was tried; ISO 8601. */
  triedAt: string;
};

/** An account's coverage by service, over all scans. Empty for another organisation's account, and before a first scan. */
export async function listCoverage(db: Store, scope: Scope, accountId: string): Promise<ServiceCoverage[]> {
  scope.require("scans:read");
  if (scope.accountIds && !scope.accountIds.includes(accountId)) return [];
  return db.execute<ServiceCoverage>(sql`
    with kinds as (
      select service, kind, count(*) as pieces, count(*) filter (where complete) as whole, min(tried_at) as tried_at,
        array_agg(region order by region) filter (where not complete) as unread
      from coverage
      where organisation_id = ${scope.organisationId} and account_id = ${accountId} group by service, kind
    )
    select k.service, (
        select count(distinct c.region)::int from coverage c
        where c.organisation_id = ${scope.organisationId} and c.account_id = ${accountId} and c.service = k.service
      ) as regions,
      sum(k.pieces)::int as pieces, sum(k.whole)::int as whole,
      coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'regions', k.unread) order by k.kind)
        filter (where k.unread is not null), '[]') as unread,
      to_char(min(k.tried_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "triedAt"
    from kinds k group by k.service order by k.service
  `);
}
