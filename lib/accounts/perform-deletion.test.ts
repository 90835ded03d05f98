import { eq, sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { createAccount, createOrganisation } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { accountProgressChannel } from "./notify.ts";
import { performDeletion } from "./perform-deletion.ts";
import { readTrail } from "./test-accounts.ts";

const { db, sql: connection, close } = await createTestDatabase();
afterAll(close);

/** An account whose deletion was asked for, with more resources and findings than go in one batch. */
async function doomedAccount(resources: number) {
  const { id: organisationId } = await createOrganisation(db);
  const deletion = { requestedAt: new Date().toISOString(), total: 0, deleted: 0 };
  const account = await createAccount(db, { organisationId, disabledAt: new Date(), deletion });
  await connection`
    insert into resources (id, organisation_id, account_id, service, region, unit_region, kind, uid, name, tags, config,
      unread, hash, verdicts, evaluated_with)
    select ${account.id} || 'r' || i, ${organisationId}, ${account.id}, 's3', 'eu', 'eu', 'aws.s3.bucket', 'arn:' || i,
      'bucket', '{}', '{}', '[]', '', '{}', 'v' from generate_series(1, ${resources}) i`;
  await connection`
    insert into findings (id, organisation_id, account_id, resource_id, check_id, service, region, severity, reason,
      evidence, first_seen_at, opened_at)
    select ${account.id} || 'f' || i, ${organisationId}, ${account.id}, ${account.id} || 'r' || i, 'check', 's3', 'eu',
      'high', 'because', '[]', now(), now() from generate_series(1, ${resources}) i`;
  await connection`
    insert into finding_transitions (id, organisation_id, finding_id, scan_id, kind, reason, at)
    select ${account.id} || 't' || i, ${organisationId}, ${account.id} || 'f' || i, 'scan', 'opened', 'because', now()
    from generate_series(1, ${resources}) i`;
  await connection`
    insert into resource_versions (organisation_id, resource_id, scan_id, replaced_at, region, name, tags, config, unread)
    select ${organisationId}, ${account.id} || 'r' || i, 'scan', now(), 'eu', 'bucket', '{}', '{}', '[]'
    from generate_series(1, ${resources}) i`;
  await connection`
    insert into resource_counters (organisation_id, account_id, service, unit_region, kind, region, owner, resources)
    values (${organisationId}, ${account.id}, 's3', 'eu', 'aws.s3.bucket', 'eu', '', ${resources})`;
  return { id: account.id, organisationId };
}
const deletionOf = async (id: string) =>
  (await db.select({ deletion: accounts.deletion }).from(accounts).where(eq(accounts.id, id)))[0]?.deletion;
const left = async (id: string) => {
  const [row] = await db.execute<
    Record<"findings" | "resources" | "history" | "versions" | "counters", number>
  >(sql`
    select (select count(*)::int from findings where account_id = ${id}) as findings,
      (select count(*)::int from resources where account_id = ${id}) as resources,
      (select count(*)::int from finding_transitions where finding_id like ${id} || '%') as history,
      (select count(*)::int from resource_versions where resource_id like ${id} || '%') as versions,
      (select count(*)::int from resource_counters where account_id = ${id}) as counters
  `);
  return row;
};

it("goes on where it was interrupted, and counts to the end", { timeout: 60_000 }, async () => {
  const { id, organisationId } = await doomedAccount(6_000);
  const stopping = new AbortController();
  const told: string[] = [];
  const listener = await connection.listen(accountProgressChannel, (payload) => {
    told.push(payload);
    stopping.abort(new Error("The worker is stopping."));
  });
  // The first batch may be followed by others before the word of it arrives; the whole never fits in one.
  const first = performDeletion(db, id, stopping.signal).then(
    () => "done",
    (error: unknown) => String(error),
  );
  expect(await first).toBe("Error: The worker is stopping.");
  await listener.unlisten();
  expect(JSON.parse(told[0] ?? "")).toEqual({ organisationId, id });
  const halfway = await deletionOf(id);
  const present = await left(id);
  expect(halfway).toMatchObject({ total: 12_001 });
  const remaining = (present?.findings ?? 0) + (present?.resources ?? 0) + (present?.counters ?? 0);
  expect(halfway?.deleted).toBe(12_001 - remaining);
  expect(halfway?.deleted).toBeGreaterThan(0);
  // Findings go with their history and resources with what they were, never without.
  expect(present?.history).toBe(present?.findings);
  expect(present?.versions).toBe(present?.resources);

  await performDeletion(db, id, new AbortController().signal);
  expect(await left(id)).toEqual({ findings: 0, resources: 0, history: 0, versions: 0, counters: 0 });
  expect(await deletionOf(id)).toBeUndefined();
  expect((await readTrail(db, organisationId)).map(({ action, before }) => ({ action, before }))).toEqual([
    { action: "account.deleted", before: { name: "test", externalId: expect.any(String), rows: 12_001 } },
  ]);
});

it("touches nothing of an account whose deletion nobody asked for", async () => {
  const { id: organisationId } = await createOrganisation(db);
  const { id } = await createAccount(db, { organisationId });
  await performDeletion(db, id, new AbortController().signal);
  expect(await db.select().from(accounts).where(eq(accounts.id, id))).toHaveLength(1);
  expect(await readTrail(db, organisationId)).toEqual([]);
});

it("finds every row that there is to delete by an index", async () => {
  const { id } = await doomedAccount(10);
  const tables = [
    "findings",
    "resources",
    "coverage",
    "check_counters",
    "resource_counters",
    "relation_runs",
    "scan_units",
  ];
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    for (const table of tables) {
      const plan = await tx.execute<{ "QUERY PLAN": string }>(
        sql`explain select 1 from ${sql.identifier(table)} where account_id = ${id} limit 5000`,
      );
      expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(/Index (Only )?Scan|Bitmap Index Scan/);
    }
  });
});
