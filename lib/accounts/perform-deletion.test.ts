import { eq, sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { createAccount, createOrganisation } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../auth/scope.ts";
import { addComment } from "../findings/add-comment.ts";
import { changeFindings } from "../findings/change-findings.ts";
import { createEstate, inDays } from "../findings/test-findings.ts";
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

it("goes with all that people did to its findings, and leaves that of other accounts", async () => {
  const { id, organisationId } = await doomedAccount(4);
  const kept = await createEstate(db, 2, { organisationId });
  const [user, manager] = [await kept.join("analyst"), await kept.join("manager")];
  const scope = Scope.ofUser(user);
  const ids = [1, 2, 3, 4].map((n) => `${id}f${n}`);
  const until = inDays(9);
  for (const [target, change] of [
    [[...ids, ...kept.ids], { act: "assign", assigneeId: manager.id }],
    [[ids[0] ?? "", kept.ids[0] ?? ""], { act: "mute", reason: "Both.", until }],
    [[ids[1] ?? ""], { act: "mute", reason: "Gone.", until }],
    [[ids[2] ?? ""], { act: "ask_acceptance", reason: "Asked.", until }],
  ] as const) {
    await changeFindings(db, scope, { target: { ids: [...target] }, change });
  }
  for (const findingId of [ids[0] ?? "", kept.ids[0] ?? ""]) {
    await addComment(db, scope, { findingId, body: `@[${manager.id}] see` });
  }
  await connection`insert into user_accounts (organisation_id, user_id, account_id)
    values (${organisationId}, ${user.id}, ${id})`;
  await connection`insert into imports (id, organisation_id, format, file_name, account_id, requested_by, status)
    values (${`imp_${id}`}, ${organisationId}, 'sarif', 'x', ${id}, ${user.id}, 'done')`;
  await performDeletion(db, id, new AbortController().signal);
  expect(await deletionOf(id)).toBeUndefined();
  const [rest] = await db.execute(sql`
    select (select count(*)::int from findings where organisation_id = ${organisationId}) as findings,
      (select count(*)::int from finding_activity where organisation_id = ${organisationId}) as activity,
      (select count(*)::int from finding_exception_items i join findings f on f.id = i.finding_id
        where f.organisation_id = ${organisationId}) as items,
      (select count(*)::int from finding_comments where organisation_id = ${organisationId}) as comments,
      (select count(*)::int from notifications where organisation_id = ${organisationId} and finding_id is not null) as told,
      (select array_agg(reason || ' ' || status order by reason) from finding_exceptions
        where organisation_id = ${organisationId}) as exceptions,
      (select sum(findings)::int from (select organisation_id, findings from finding_counts
        union all select organisation_id, findings from finding_count_changes) c
        where organisation_id = ${organisationId}) as counted,
      (select account_id from imports where organisation_id = ${organisationId}) as import
  `);
  expect(rest).toEqual({
    ...{ findings: 2, activity: 3, items: 1, comments: 1, told: 1, counted: 2, import: null },
    exceptions: ["Asked. withdrawn", "Both. granted", "Gone. ended"],
  });
  const settled = (await readTrail(db, organisationId)).filter(({ action }) => action === "exception.settle");
  expect(settled.map(({ before, after }) => ({ before, after }))).toEqual(
    expect.arrayContaining([
      { before: { status: "asked" }, after: { status: "withdrawn" } },
      { before: { status: "granted" }, after: { status: "ended" } },
    ]),
  );
  expect(settled).toHaveLength(2);
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
