import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { type ScanScope, scanUnits } from "#db/scans/schema.ts";
import { openAccount } from "#lib/accounts/open-account.ts";
import type { CloudSession } from "#lib/clouds/session.ts";
import { DomainError } from "#lib/errors.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud, Gap } from "#lib/inventory/model.ts";
import { collectorsFor } from "#lib/inventory/registry.ts";
import { enqueueUnits } from "#lib/jobs/queue.ts";
import { checksInScope } from "./evaluate.ts";
import type { UnitEnvironment } from "./perform-unit.ts";
import { type PlannedUnit, planUnits, regionsToRead, relationsService } from "./plan.ts";
import { recordGaps, settleScan } from "./store/complete.ts";
import { array } from "./store/merge.ts";
import { sweepStaging } from "./store/stop.ts";

type PlannedAccount = {
  id: string;
  cloud: Cloud;
  level: AccountLevel;
  externalId: string;
  connection: Record<string, unknown>;
  sourceId: string | null;
  regions: string[] | null;
  /** Regions that held something at an earlier scan. */
  inhabited: string[];
};

type AccountPlan = {
  account: PlannedAccount;
  units: PlannedUnit[];
  /** Regions that the provider has for the account; `null` when it could not be asked. */
  known: ReadonlySet<string> | null;
  gap: Gap | null;
};

/** Lays out a scan's units account by account, and queues them. Safe to repeat: a scan is laid out once. */
export async function performPlan(env: UnitEnvironment, scanId: string, signal: AbortSignal): Promise<void> {
  const { db } = env.database;
  await sweepStaging(db);
  const scan = await readScan(db, scanId);
  if (!scan) return;
  const plans = await Promise.all(scan.accounts.map((account) => planAccount(db, scan, account, signal)));
  await db.transaction(async (tx) => {
    const enabled = await stillEnabled(tx, plans);
    const planned = await tx.execute(sql`
      update scans set planned_at = now() where id = ${scanId} and planned_at is null returning id
    `);
    if (planned.length === 0) return;
    const strange = strangeRegions(scan.scope, plans);
    if (strange.length > 0) {
      const error = `There is no region ${strange.join(", ")} in any of the accounts.`;
      await tx.execute(sql`update scans set error = ${error} where id = ${scanId}`);
      await settleScan(tx, scanId);
      return;
    }
    const running = { organisationId: scan.organisationId, scanId };
    for (const { account, units, gap } of plans.filter((plan) => enabled.has(plan.account.id))) {
      const rows = units.map((unit) => ({
        id: newId("unt"),
        ...running,
        accountId: account.id,
        ...unit,
        status: unit.service === relationsService ? ("waiting" as const) : ("queued" as const),
      }));
      if (rows.length > 0) await tx.insert(scanUnits).values(rows);
      await enqueueUnits(
        tx,
        rows.filter((row) => row.status === "queued"),
      );
      if (gap) await recordUnreachable(tx, { ...running, accountId: account.id }, gap);
      else if (isWhole(scan.scope)) await forgetUnplanned(tx, account.id, rows);
    }
    await settleScan(tx, scanId);
  });
}

/** Regions asked for that no account has; none while an account could not be asked. */
function strangeRegions({ regions }: ScanScope, plans: readonly AccountPlan[]): string[] {
  if (plans.length === 0 || plans.some(({ known }) => known === null)) return [];
  return regions.filter((region) => !plans.some(({ known }) => known?.has(region)));
}

const isWhole = ({ regions, services, checks }: ScanScope): boolean =>
  regions.length + services.length + checks.length === 0;

/**
 * Forgets that a region could not be read which isn't read any more, since it is off and holds nothing; it would keep
 * checks that compare across regions from ever knowing all of them.
 */
async function forgetUnplanned(
  tx: Transaction,
  accountId: string,
  units: readonly { service: string; region: string }[],
): Promise<void> {
  const planned = units.map(({ service, region }) => `${service} ${region}`);
  await tx.execute(sql`
    delete from coverage where account_id = ${accountId} and not (complete and clean)
      and service || ' ' || region <> all(${array(planned)})
  `);
}

async function readScan(db: Database, scanId: string) {
  const [scan] = await db.execute<{ organisationId: string; scope: ScanScope }>(sql`
    select organisation_id as "organisationId", scope from scans
    where id = ${scanId} and status in ('running', 'cancelling') and planned_at is null
  `);
  if (!scan) return null;
  const accounts = await db.execute<PlannedAccount>(sql`
    select a.id, a.cloud, a.level, a.external_id as "externalId", a.connection,
      a.source_id as "sourceId", a.regions,
      array(select distinct unit_region from resources r where r.account_id = a.id and r.deleted_at is null
        and unit_region <> 'global') as inhabited
    from accounts a
    where a.organisation_id = ${scan.organisationId} and a.disabled_at is null
      and (${scan.scope.accountIds.length === 0} or a.id in (
        select jsonb_array_elements_text(${JSON.stringify(scan.scope.accountIds)}::jsonb)))
    order by a.name, a.id
  `);
  return { ...scan, accounts };
}

/**
 * The accounts that nobody has disabled since they were read. Whoever disables one from here on waits for this transaction,
 * and then finds the units that it laid out.
 */
async function stillEnabled(tx: Transaction, plans: readonly AccountPlan[]): Promise<ReadonlySet<string>> {
  const ids = plans.map(({ account }) => account.id);
  const enabled = await tx.execute<{ id: string }>(
    sql`select id from accounts where id = any(${array(ids)}) and disabled_at is null order by id for share`,
  );
  return new Set(enabled.map(({ id }) => id));
}

async function planAccount(
  db: Database,
  { organisationId, scope }: { organisationId: string; scope: ScanScope },
  account: PlannedAccount,
  signal: AbortSignal,
): Promise<AccountPlan> {
  let session: CloudSession;
  try {
    session = await openAccount(db, organisationId, account);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const gap = {
      kind: null,
      resourceUid: null,
      operation: `${account.cloud}:connect`,
      message: error.message,
    };
    return { account, units: [], known: null, gap: { ...gap, code: "unavailable" } };
  }
  try {
    const known = await session.regions(signal);
    const regions = regionsToRead(known, scope.regions, account);
    const units = planUnits({
      collectors: collectorsFor(account),
      checks: checksInScope(scope.checks),
      regions,
      // A trail may be at home in a region that the account's own limit leaves out, and still count for all of it.
      allRegions: regionsToRead(known, [], { ...account, regions: null }),
      services: scope.services,
      byCheck: scope.checks.length > 0,
    });
    return { account, units, known: new Set(known.map((region) => region.name)), gap: null };
  } catch (error) {
    signal.throwIfAborted();
    const gap = session.gapOf(error, null, "global");
    if (!gap) throw error;
    return { account, units: [], known: null, gap };
  } finally {
    session.close();
  }
}

/** An account out of reach is one unit that is a gap; whatever was known of it stays as it was. */
async function recordUnreachable(
  tx: Transaction,
  place: { organisationId: string; scanId: string; accountId: string },
  gap: Gap,
): Promise<void> {
  const unitId = newId("unt");
  const unit = { ...place, service: "account", region: "global" };
  const now = new Date();
  await tx.insert(scanUnits).values({
    id: unitId,
    ...unit,
    status: "gap",
    gaps: 1,
    startedAt: now,
    finishedAt: now,
    error: gap.message,
  });
  await recordGaps(tx, { ...unit, unitId, token: "" }, [gap]);
}
