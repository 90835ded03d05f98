import { eq, type SQL, sql } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { appendAudit } from "../audit/append.ts";
import { Scope } from "../auth/scope.ts";
import { settleEmptied } from "../findings/triage/settle.ts";
import { notifyAccounts, notifyProgress } from "./notify.ts";
import { stopUnits } from "./stop-units.ts";

type Doomed = { id: string; organisationId: string };

/** Rows deleted in one transaction: few enough that no lock is held for more than a moment. */
const batchRows = 5_000;

/** How the rows of one table go, a batch at a time; returns how many went. */
type Step = { table: string; delete(tx: Transaction, accountId: string): Promise<number> };

/** In an order in which nothing is deleted that another row still points at. */
const steps: readonly Step[] = [
  { table: "findings", delete: deleteFindings },
  { table: "resources", delete: deleteResources },
  { table: "resource_counters", delete: (tx, accountId) => deleteSome(tx, "resource_counters", accountId) },
  { table: "coverage", delete: (tx, accountId) => deleteSome(tx, "coverage", accountId) },
  { table: "check_counters", delete: (tx, accountId) => deleteSome(tx, "check_counters", accountId) },
  { table: "imported_verdicts", delete: (tx, accountId) => deleteSome(tx, "imported_verdicts", accountId) },
  { table: "relation_runs", delete: (tx, accountId) => deleteSome(tx, "relation_runs", accountId) },
  { table: "scan_units", delete: deleteUnits },
];

/**
 * Deletes an account whose deletion was asked for, with all that was found in it. Safe to repeat: it goes on where an
 * earlier attempt ended. Does nothing when the account is gone.
 */
export async function performDeletion(db: Database, accountId: string, signal: AbortSignal): Promise<void> {
  const [account] = await db
    .select({ id: accounts.id, organisationId: accounts.organisationId, deletion: accounts.deletion })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!account?.deletion) return;
  await db.transaction(async (tx) => {
    await holdAccount(tx, accountId);
    await stopUnits(tx, account, "The account is being deleted.");
    await countRows(tx, account);
  });
  for (const step of steps) {
    for (let rows = batchRows; rows > 0; ) {
      signal.throwIfAborted();
      rows = await db.transaction(async (tx) => {
        await holdAccount(tx, accountId);
        const deleted = await step.delete(tx, accountId);
        await recordProgress(tx, account, deleted);
        return deleted;
      });
    }
  }
  await db.transaction((tx) => finish(tx, account));
}

/** Before any of its rows, as whoever takes one of its units does, so that the two can't wait for each other. */
async function holdAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(sql`select from accounts where id = ${accountId} for no key update`);
}

/** Where rows are counted, the same in both counts: `deleted` grows by what a step returns. */
async function countRows(tx: Transaction, { id }: Doomed): Promise<void> {
  const of = (table: string) => sql`(select count(*) from ${sql.identifier(table)} where account_id = ${id})`;
  const all = sql.join(
    steps.map(({ table }) => of(table)),
    sql` + `,
  );
  await tx.execute(sql`
    update accounts set deletion = deletion || jsonb_build_object('total',
      (deletion ->> 'deleted')::bigint + ${all}) where id = ${id}
  `);
}

async function recordProgress(tx: Transaction, account: Doomed, deleted: number): Promise<void> {
  if (deleted === 0) return;
  await tx.execute(sql`
    update accounts set deletion = deletion || jsonb_build_object('deleted', (deletion ->> 'deleted')::bigint + ${deleted}::bigint)
    where id = ${account.id}
  `);
  await notifyProgress(tx, account.organisationId, account.id);
}

async function deleteSome(tx: Transaction, table: string, accountId: string): Promise<number> {
  const name = sql.identifier(table);
  const gone = await tx.execute(sql`
    delete from ${name} where ctid = any(array(
      select ctid from ${name} where account_id = ${accountId} limit ${batchRows})) returning 1
  `);
  return gone.length;
}

/** Findings with their history; comments, changes and the like go with them by foreign key. */
async function deleteFindings(tx: Transaction, accountId: string): Promise<number> {
  const found = await tx.execute<{ id: string }>(
    sql`select id from findings where account_id = ${accountId} limit ${batchRows} for update`,
  );
  const ids = listed(found);
  await tx.execute(sql`delete from finding_transitions where finding_id = any(${ids})`);
  await tx.execute(sql`delete from findings where id = any(${ids})`);
  return found.length;
}

/** Resources with what they were; few at a time, since each may have been many things. */
async function deleteResources(tx: Transaction, accountId: string): Promise<number> {
  const found = await tx.execute<{ id: string }>(
    sql`select id from resources where account_id = ${accountId} limit ${batchRows / 10} for update`,
  );
  const ids = listed(found);
  await tx.execute(sql`delete from resource_versions where resource_id = any(${ids})`);
  await tx.execute(sql`delete from resources where id = any(${ids})`);
  return found.length;
}

/** Units that have ended, with their gaps. */
async function deleteUnits(tx: Transaction, accountId: string): Promise<number> {
  const found = await tx.execute<{ id: string }>(sql`
    select id from scan_units where account_id = ${accountId} and status not in ('waiting', 'queued', 'running')
    limit ${batchRows / 10} for update
  `);
  const ids = listed(found);
  await tx.execute(sql`delete from coverage_gaps where unit_id = any(${ids})`);
  await tx.execute(sql`delete from scan_units where id = any(${ids})`);
  return found.length;
}

const listed = (rows: readonly { id: string }[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::jsonb))`;

/** What came in meanwhile, the scans of this account alone, its secrets, and the account itself. */
async function finish(tx: Transaction, account: Doomed): Promise<void> {
  const { id, organisationId } = account;
  await holdAccount(tx, id);
  await stopUnits(tx, account, "The account is being deleted.");
  for (const step of steps) while ((await step.delete(tx, id)) > 0);
  await tx.execute(sql`
    delete from scans s where s.organisation_id = ${organisationId} and s.finished_at is not null
      and s.scope -> 'accountIds' = jsonb_build_array(${id}::text)
      and not exists (select from scan_units u where u.scan_id = s.id)
      and not exists (select from coverage c where c.scan_id = s.id)
  `);
  await tx.execute(sql`delete from account_secrets where account_id = ${id}`);
  await settleEmptied(tx, organisationId);
  const [gone] = await tx
    .delete(accounts)
    .where(eq(accounts.id, id))
    .returning({ name: accounts.name, externalId: accounts.externalId, deletion: accounts.deletion });
  if (!gone) return;
  await appendAudit(tx, Scope.ofSystem(organisationId, "deletion"), {
    action: "account.deleted",
    object: { kind: "account", id },
    before: { name: gone.name, externalId: gone.externalId, rows: gone.deletion?.deleted ?? 0 },
  });
  await notifyAccounts(tx, organisationId);
  await notifyProgress(tx, organisationId, id);
}
