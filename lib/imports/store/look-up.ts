import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { toJson } from "#db/insert-rows.ts";
import type { VerdictStatus } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { equivalentsOf, singletonKinds } from "../equivalents.ts";
import type { ImportJob } from "../hold-import.ts";
import type { ReportFinding, SaidStatus } from "../model.ts";
import {
  accountKey,
  type JudgedResource,
  type Known,
  type KnownAccount,
  type KnownFinding,
  type KnownResource,
  keyOf,
} from "./known.ts";

/** Reads all that a batch is decided by, and keeps its accounts from being deleted or scanned into until the end. */
export async function lookUp(
  tx: Transaction,
  job: ImportJob,
  findings: readonly ReportFinding[],
): Promise<Known> {
  const accounts = await holdAccounts(tx, job, findings);
  const asked = findings.flatMap((finding) => {
    const account = accountOf(accounts, job, finding);
    return account?.isUsable ? [{ account, finding }] : [];
  });
  const wanted = asked.map(({ account, finding }) => ({
    accountId: account.id,
    uid: finding.resource.uid,
    checkId: finding.check.id,
  }));
  const list = sql`jsonb_to_recordset(${toJson(wanted)}::jsonb) as x("accountId" text, uid text, "checkId" text)`;
  const resources = await tx.execute<{
    accountId: string;
    id: string;
    uid: string;
    deletedAt: string | null;
  }>(sql`
    select r.account_id as "accountId", r.id, r.uid, r.deleted_at as "deletedAt"
    from (select distinct "accountId", uid from ${list}) w
    join resources r on r.account_id = w."accountId" and r.uid = w.uid
  `);
  const said = await tx.execute<{
    accountId: string;
    uid: string;
    checkId: string;
    verdict: SaidStatus;
    observedAt: string;
  }>(sql`
    select v.account_id as "accountId", v.uid, v.check_id as "checkId", v.verdict, v.observed_at as "observedAt"
    from (select distinct * from ${list}) w
    join imported_verdicts v on v.account_id = w."accountId" and v.uid = w.uid and v.check_id = w."checkId"
  `);
  const stored = await tx.execute<KnownFinding & { resourceId: string; checkId: string }>(sql`
    select f.resource_id as "resourceId", f.check_id as "checkId", f.id, f.status, f.reason, f.severity
    from (select distinct * from ${list}) w
    join resources r on r.account_id = w."accountId" and r.uid = w.uid
    join findings f on f.resource_id = r.id and f.check_id = w."checkId"
  `);
  const [clock] = await tx.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  return {
    accounts,
    resources: new Map<string, KnownResource>(
      resources.map(({ accountId, id, uid, deletedAt }) => [
        keyOf(accountId, uid),
        { id, uid, deletedAt: deletedAt === null ? null : new Date(deletedAt) },
      ]),
    ),
    judged: await readJudged(tx, asked),
    said: new Map(
      said.map(({ accountId, uid, checkId, verdict, observedAt }) => [
        keyOf(accountId, uid, checkId),
        { verdict, observedAt: new Date(observedAt) },
      ]),
    ),
    findings: new Map(stored.map(({ resourceId, checkId, ...rest }) => [keyOf(resourceId, checkId), rest])),
    now: new Date(clock?.now ?? Date.now()),
  };
}

/** The account that a row is about; undefined for one that isn't connected. */
export function accountOf(
  accounts: ReadonlyMap<string, KnownAccount>,
  job: ImportJob,
  finding: ReportFinding,
): KnownAccount | undefined {
  return accounts.get(finding.account ? accountKey(finding.account) : (job.accountId ?? ""));
}

/**
 * Accounts before anything of theirs, as a deletion and a scan's merge hold them, each in the order of ids: so that none
 * waits for another that waits for it.
 */
async function holdAccounts(
  tx: Transaction,
  job: ImportJob,
  findings: readonly ReportFinding[],
): Promise<Map<string, KnownAccount>> {
  const named = new Map(
    findings.flatMap(({ account }) => (account ? [[accountKey(account), account] as const] : [])),
  );
  const pairs = toJson([...named.values()]);
  const rows = await tx.execute<{ id: string; cloud: Cloud; externalId: string; isUsable: boolean }>(sql`
    select a.id, a.cloud, a.external_id as "externalId", a.deletion is null as "isUsable" from accounts a
    where a.organisation_id = ${job.organisationId} and (a.id = ${job.accountId ?? ""} or exists (
      select from jsonb_to_recordset(${pairs}::jsonb) as x(cloud text, "externalId" text)
      where a.cloud = x.cloud and lower(a.external_id) = lower(x."externalId")))
    order by a.id for share of a
  `);
  const seen = rows.filter(({ id }) => job.visible === null || job.visible.includes(id));
  for (const { id } of seen) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
  }
  return new Map(
    seen.flatMap(({ id, cloud, externalId, isUsable }) => {
      const account = { id, cloud, isUsable };
      const byName = [accountKey({ cloud, externalId }), account] as const;
      return id === job.accountId ? [byName, [id, account] as const] : [byName];
    }),
  );
}

/** Resources that Parapet's equivalents of the batch's checks are about: by uid, by name, or the account's only one. */
async function readJudged(
  tx: Transaction,
  asked: readonly { account: KnownAccount; finding: ReportFinding }[],
): Promise<Map<string, JudgedResource[]>> {
  const wanted = asked.flatMap(({ account, finding }) =>
    equivalentsOf(finding.check).map(({ kind }) => ({
      accountId: account.id,
      kind,
      uid: finding.resource.uid.toLowerCase(),
      name: finding.resource.name,
      isOnly: singletonKinds.has(kind),
    })),
  );
  if (wanted.length === 0) return new Map();
  const rows = await tx.execute<
    JudgedResource & { accountId: string; verdicts: Record<string, VerdictStatus> }
  >(sql`
    with wanted as materialized (
      select distinct * from jsonb_to_recordset(${toJson(wanted)}::jsonb)
        as x("accountId" text, kind text, uid text, name text, "isOnly" boolean)
    )
    select distinct on (r.id) r.account_id as "accountId", r.uid, r.kind, r.name, r.region, r.verdicts
    from (select distinct "accountId", kind from wanted) k
    join resources r on r.organisation_id = (select organisation_id from accounts where id = k."accountId")
      and r.kind = k.kind and r.account_id = k."accountId" and r.deleted_at is null
    where exists (select from wanted w where w."accountId" = r.account_id and w.kind = r.kind
      and (w."isOnly" or w.uid = lower(r.uid) or w.name = r.name))
  `);
  return Map.groupBy(rows, ({ accountId }) => accountId);
}
