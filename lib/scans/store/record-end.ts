import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { Scope } from "#lib/auth/scope.ts";

type Counts = Record<"units" | "failed" | "resources" | "gaps" | "opened" | "resolved" | "reopened", number>;

/** Puts the end of a scan on the trail, in the transaction that ends it. */
export async function recordScanEnd(
  tx: Transaction,
  scan: { id: string; organisationId: string; trigger: string; status: string; ms: number },
): Promise<void> {
  const [counts] = await tx.execute<Counts>(sql`
    select count(*)::int as units, count(*) filter (where status = 'failed')::int as failed,
      coalesce(sum(resources), 0)::int as resources, coalesce(sum(gaps), 0)::int as gaps,
      coalesce(sum(opened), 0)::int as opened, coalesce(sum(resolved), 0)::int as resolved,
      coalesce(sum(reopened), 0)::int as reopened
    from scan_units where scan_id = ${scan.id}
  `);
  const { trigger, status } = scan;
  await appendAudit(tx, Scope.ofSystem(scan.organisationId, "scans"), {
    action: "scan.end",
    object: { kind: "scan", id: scan.id },
    result: status === "failed" ? "failed" : "done",
    durationMs: scan.ms,
    after: { trigger, status, ...counts },
  });
}

/** Puts a unit of which every attempt failed on the trail. */
export async function recordUnitFailure(
  tx: Transaction,
  unit: { unitId: string; scanId: string; organisationId: string; accountId: string; service: string },
  region: string,
): Promise<void> {
  const { scanId, accountId, service } = unit;
  await appendAudit(tx, Scope.ofSystem(unit.organisationId, "scans"), {
    action: "scan_unit.fail",
    object: { kind: "scan_unit", id: unit.unitId },
    result: "failed",
    after: { scanId, accountId, service, region, reason: "gave_up" },
  });
}
