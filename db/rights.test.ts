import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openQueue } from "#lib/jobs/queue.ts";
import { migrateDatabase } from "./migrate.ts";
import { createTestDatabase } from "./test-database.ts";

const { sql: admin, url, close } = await createTestDatabase();
const names = {
  owner: `owner_${randomBytes(4).toString("hex")}`,
  app: `app_${randomBytes(4).toString("hex")}`,
};
const urlFor = (username: string) => Object.assign(new URL(url), { username, password: "pass" }).href;
const appUrl = urlFor(names.app);
const ownerUrl = urlFor(names.owner);
const open = (at: string) => postgres(at, { max: 1, onnotice: () => undefined });
const app = open(appUrl);
const owner = open(ownerUrl);

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "allowed",
    (error: unknown) => (error instanceof postgres.PostgresError ? error.code : String(error)),
  );

const trail = ["audit_entries", "audit_batches", "audit_nodes", "audit_checkpoints"];
const entry = {
  entry_id: "ent_one",
  organisation_id: "org",
  actor_kind: "system",
  actor_id: "test",
  action: "test.done",
  object_kind: "test",
  object_id: "one",
  correlation_id: "c",
};
const append = (sql: postgres.Sql, at = new Date()) =>
  sql`insert into audit_entries ${sql({ ...entry, at })}`;

beforeAll(async () => {
  for (const name of Object.values(names)) {
    await admin.unsafe(`create role ${name} login password 'pass'`);
  }
  // As a database that its owner, who is no superuser, has had from the beginning.
  const [{ name } = { name: "" }] = await admin<{ name: string }[]>`select current_database() as name`;
  await admin`alter database ${admin(name)} owner to ${admin(names.owner)}`;
  const things = await admin<{ statement: string }[]>`
    select format('alter %s %I.%I owner to %I', case when relkind = 'S' then 'sequence' else 'table' end,
      relnamespace::regnamespace, relname, ${names.owner}::text) as statement
    from pg_class c where relnamespace in ('public'::regnamespace, 'drizzle'::regnamespace) and relkind in ('r', 'p', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
    union all
    select format('alter routine %s owner to %I', p.oid::regprocedure, ${names.owner}::text) from pg_proc p
    where pronamespace = 'public'::regnamespace and not exists (
      select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select format('alter schema %I owner to %I', n, ${names.owner}::text) from unnest(array['pgboss', 'drizzle']) n`;
  for (const { statement } of things) await admin.unsafe(statement);
});

afterAll(async () => {
  await app.end();
  await owner.end();
  await close();
});

describe("grantRights", () => {
  it("says what to do where the owner can't hand over the job queue", async () => {
    await expect(migrateDatabase(ownerUrl, { appUrl })).rejects.toThrow(
      `run GRANT "${names.app}" TO "${names.owner}" on that server once.`,
    );
    await admin.unsafe(`grant ${names.app} to ${names.owner}`);
  });

  it("lets the product's user work, and the queue of an older version with it", async () => {
    const before = await openQueue(ownerUrl, { works: false });
    await before.boss.send("scan-plan", { scanId: "scn_before" });
    await before.close();
    expect(await migrateDatabase(ownerUrl, { appUrl })).toEqual({ applied: 0 });
    const queue = await openQueue(appUrl, { works: true });
    await queue.boss.send("scan-plan", { scanId: "scn_after" });
    const jobs = await queue.boss.fetch<{ scanId: string }>("scan-plan", { batchSize: 5 });
    expect(jobs.map(({ data }) => data.scanId).sort()).toEqual(["scn_after", "scn_before"]);
    await queue.boss.createQueue("of-its-own");
    await queue.close();
    await app`insert into organisations (id, name, sandbox) values ('org', 'Test', true)`;
    await app`update organisations set name = 'Tests' where id = 'org'`;
    await app`create temp table scratch (n int)`;
    await append(app);
    expect(await app`select count(*)::int as n from audit_entries where action = 'test.done'`).toEqual([
      { n: 1 },
    ]);
    expect(await app`select count(*) > 20 as migrated from drizzle.__drizzle_migrations`).toEqual([
      { migrated: true },
    ]);
    await app`delete from organisations where id = 'org'`;
  });

  it("lets it change or delete nothing of the trail, nor make anything of its own there", async () => {
    const months = await admin<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass`;
    expect(months.length).toBeGreaterThan(2);
    for (const table of [...trail, "audit_archives", ...months.map(({ name }) => name)]) {
      const [column] = await admin<{ name: string }[]>`
        select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum = 2`;
      const set = `${column?.name} = ${column?.name}`;
      for (const statement of [
        `update ${table} set ${set}`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} drop column ${column?.name}`,
        `drop table ${table} cascade`,
        `create trigger other before insert on ${table} for each row execute function refuse_change()`,
      ]) {
        expect([statement, await codeOf(app.unsafe(statement))]).toEqual([statement, "42501"]);
      }
    }
    for (const statement of [
      "delete from audit_holds",
      "delete from audit_subjects",
      "create table other (n int)",
      "create function refuse_change_too() returns int language sql as 'select 1'",
      "set session_replication_role = replica",
      "select setval('audit_entries_id_seq', 1)",
      `set role ${names.owner}`,
      "do $$ begin lock table audit_entries in share mode; end $$",
    ]) {
      expect([statement, await codeOf(app.unsafe(statement))]).toEqual([statement, "42501"]);
    }
  });

  it("lets it open months, into which goes what was dated there before", async () => {
    await append(app, new Date("2031-03-31T23:59:59.999Z"));
    await append(app, new Date("2031-04-01T00:00:00Z"));
    await append(app, new Date("2031-05-01T00:00:00Z"));
    await app`select audit_open_month('2031-04-15')`;
    await app`select audit_open_month('2031-04-01')`;
    const rows = await app`
      select tableoid::regclass::text as month, at from audit_entries where at > '2031-01-01' order by at`;
    expect(rows).toEqual([
      { month: "audit_entries_default", at: new Date("2031-03-31T23:59:59.999Z") },
      { month: "audit_entries_2031_04", at: new Date("2031-04-01T00:00:00Z") },
      { month: "audit_entries_default", at: new Date("2031-05-01T00:00:00Z") },
    ]);
    for (const month of ["audit_entries_2031_04", "audit_entries_default"]) {
      expect(await codeOf(app.unsafe(`select from ${month}`))).toBe("allowed");
      const attempts = [
        `delete from ${month}`,
        `update ${month} set action = 'other'`,
        `truncate ${month}`,
        `insert into ${month} select * from audit_entries`,
      ];
      for (const statement of attempts) {
        expect([statement, await codeOf(app.unsafe(statement))]).toEqual([statement, "42501"]);
        // The trigger refuses a superuser, too.
        if (!statement.startsWith("insert")) expect(await codeOf(admin.unsafe(statement))).toBe("42501");
      }
    }
  });

  it("reads nothing of its own making with the owner's rights", async () => {
    await app.unsafe(`
      create function pgboss.ran_as() returns boolean language plpgsql as $$
        begin raise exception 'ran as %', current_user; end $$;
      create temp table audit_entries_2150_01 (at timestamptz);
      insert into audit_entries_2150_01 values ('2150-01-01');
      create trigger audit_entries_no_truncate before truncate on audit_entries_2150_01
        for each statement execute function refuse_change();
      alter table audit_entries_2150_01 enable row level security, force row level security;
      create policy mine on audit_entries_2150_01 using (pgboss.ran_as());
      create temp view audit_entries_elsewhere as select * from public.audit_entries where pgboss.ran_as()`);
    expect(await app`select * from audit_release('2150-01-01')`).toEqual([]);
    await app`select audit_open_month('2150-01-15')`;
    expect(await app`select to_regclass('public.audit_entries_2150_01') is not null as made`).toEqual([
      { made: true },
    ]);
    await app.unsafe(
      "drop view pg_temp.audit_entries_elsewhere; drop table pg_temp.audit_entries_2150_01; drop function pgboss.ran_as()",
    );
  });

  it("keeps writers out for the length of a transaction", async () => {
    const other = open(appUrl);
    await app.begin(async (tx) => {
      await tx`select audit_keep_writers_out()`;
      await other`set lock_timeout = '50ms'`;
      expect(await codeOf(append(other))).toBe("55P03");
    });
    expect(await codeOf(append(other))).toBe("allowed");
    await other.end();
  });

  it("takes its own rights on the trail from an owner who is the only user", async () => {
    expect(await migrateDatabase(ownerUrl)).toEqual({ applied: 0 });
    await append(owner);
    for (const table of trail) {
      for (const statement of [`delete from ${table}`, `truncate ${table}`]) {
        expect([statement, await codeOf(owner.unsafe(statement))]).toEqual([statement, "42501"]);
      }
    }
    const said = await owner`delete from audit_entries`.catch((error: Error) => error.message);
    expect(said).toBe("permission denied for table audit_entries");
    await owner`select audit_open_month('2031-06-01')`;
    await owner`select audit_keep_writers_out()`;
  });
});
