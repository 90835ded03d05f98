import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { findPlaybook } from "../find-playbook.ts";
import type { Prerequisite } from "../playbook.ts";
import type { ClaimedStep } from "./claim-step.ts";
import type { Standing } from "./prerequisites.ts";

/** What always has to hold, also of a playbook that was changed or withdrawn after the plan was approved. */
const always: readonly Prerequisite[] = ["write_identity", "resource_present"];

/** What a resource's plan takes, and how things stand with it now. */
export async function readStanding(
  db: Database,
  step: ClaimedStep,
): Promise<{ prerequisites: readonly Prerequisite[]; standing: Standing }> {
  const { target, planId } = step;
  const [row] = await db.execute<{
    playbook: string;
    hash: string;
    accountName: string | null;
    writes: boolean;
    present: boolean;
    verdicts: Record<string, string> | null;
  }>(sql`
    select p.playbook, p.playbook_hash as hash, a.name as "accountName",
      coalesce(a.write_connection is not null and a.disabled_at is null, false) as writes,
      coalesce(r.deleted_at is null and r.id is not null, false) as present, r.verdicts
    from remediation_plans p left join accounts a on a.id = ${target.accountId}
      left join resources r on r.id = ${target.resourceId}
    where p.id = ${planId}
  `);
  if (!row) throw new Error(`Plan ${planId} is gone.`);
  const known = await findPlaybook(db, step.organisationId, row.playbook).catch(() => null);
  return {
    prerequisites: known?.hash === row.hash ? known.playbook.prerequisites : always,
    standing: {
      name: target.name,
      accountName: row.accountName ?? target.account,
      writes: row.writes,
      present: row.present,
      failing: target.findings.some(({ checkId }) => row.verdicts?.[checkId] === "fail"),
    },
  };
}
