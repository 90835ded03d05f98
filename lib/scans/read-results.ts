import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { ScanResult } from "./memory-sink.ts";
import type { UnitGap } from "./scan-account.ts";

/** Verdicts read per round trip. */
const pageSize = 5_000;

/** What the units of a scan hold now, verdict by verdict, passes included; only of the checks the scan was scoped to. */
export async function readScanResults(db: Database, scope: Scope, scanId: string): Promise<ScanResult[]> {
  scope.require("scans:read");
  const severities = new Map(catalogue.map((check) => [check.id, check.severity]));
  const results: ScanResult[] = [];
  let after = { id: "", checkId: "" };
  for (;;) {
    const rows = await db.execute<Omit<ScanResult, "severity"> & { id: string }>(sql`
      select r.id, v.key as "checkId", v.value as status, r.uid as "resourceUid", r.name as "resourceName",
        r.kind as "resourceKind", a.external_id as account, r.region, f.reason,
        coalesce(f.evidence, '[]'::jsonb) as evidence
      from scans s
      join scan_units u on u.scan_id = s.id and not u.supporting
      join resources r on r.account_id = u.account_id and r.service = u.service and r.unit_region = u.region
        and r.deleted_at is null
      join accounts a on a.id = r.account_id
      cross join jsonb_each_text(r.verdicts) v
      left join findings f on f.resource_id = r.id and f.check_id = v.key and v.value = 'fail'
      where s.id = ${scanId} and s.organisation_id = ${scope.organisationId}
        and (s.scope -> 'checks' = '[]'::jsonb or s.scope -> 'checks' ? v.key)
        and (r.id, v.key) > (${after.id}, ${after.checkId})
      order by r.id, v.key limit ${pageSize}
    `);
    for (const { id: _id, ...row } of rows) {
      const severity = severities.get(row.checkId);
      if (severity) results.push({ ...row, severity });
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return results;
    after = last;
  }
}

/** What a scan could not read, unit by unit. */
export async function readScanGaps(db: Database, scope: Scope, scanId: string): Promise<UnitGap[]> {
  scope.require("scans:read");
  const rows = await db.execute<UnitGap>(sql`
    select g.kind, g.resource_uid as "resourceUid", g.operation, g.code, g.message, a.external_id as account,
      u.service, u.region
    from coverage_gaps g
    join scan_units u on u.id = g.unit_id
    join accounts a on a.id = g.account_id
    where g.scan_id = ${scanId} and g.organisation_id = ${scope.organisationId}
    order by g.id
  `);
  return [...rows];
}
