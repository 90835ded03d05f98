import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "./client.ts";
import { createTestDatabase } from "./test-database.ts";

const admin = await createTestDatabase();
await admin.sql`create table notes (body text)`;
// One connection, so that whatever a lost one leaves behind is met by the next statement.
const { db, sql: connection, close } = openDatabase(admin.url, { max: 1 });
afterAll(async () => {
  await close();
  await admin.close();
});

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

async function ownPid(on: { execute: typeof db.execute }): Promise<number> {
  const [row] = await on.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return Number(row?.pid);
}

/** Ends the session as a restart of the server does, and returns when it is gone. */
async function endSession(pid: number): Promise<void> {
  await admin.sql`select pg_terminate_backend(${pid}, 10000)`;
}

const notes = async () => (await admin.sql`select body from notes order by body`).map((row) => row.body);

describe("openDatabase", () => {
  it("works on after a connection broke while a transaction's statement ran", async () => {
    const { promise: begun, resolve } = Promise.withResolvers<number>();
    const broken = failureOf(
      db.transaction(async (tx) => {
        resolve(await ownPid(tx));
        await tx.execute(sql`select pg_sleep(60)`);
      }),
    );
    await endSession(await begun);
    expect(await broken).toBeInstanceOf(Error);
    for (const text of ["a", "b"]) await db.execute(sql`insert into notes values (${text})`);
    expect(await notes()).toEqual(["a", "b"]);
  });

  it("works on after connections broke while plain statements ran", async () => {
    for (let round = 0; round < 3; round += 1) {
      const pid = await ownPid(db);
      const broken = failureOf(connection`select pg_sleep(60)`);
      await expect
        .poll(() => admin.sql`select from pg_stat_activity where pid = ${pid} and query like '%pg_sleep(60)'`)
        .toHaveLength(1);
      await endSession(pid);
      expect(await broken).toBeInstanceOf(Error);
    }
    expect(await db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it("runs no statement of a broken transaction inside another one", async () => {
    const { promise: isOver, resolve: finish } = Promise.withResolvers<void>();
    const { promise: begun, resolve: tellPid } = Promise.withResolvers<number>();
    const late: unknown[] = [];
    const broken = failureOf(
      db.transaction(async (tx) => {
        tellPid(await ownPid(tx));
        await isOver;
        late.push(await failureOf(tx.execute(sql`insert into notes values ('of the dead')`)));
      }),
    );
    await endSession(await begun);
    expect(await broken).toMatchObject({ code: "CONNECTION_CLOSED" });
    const rolledBack = await failureOf(
      db.transaction(async (tx) => {
        await tx.execute(sql`insert into notes values ('rolled back')`);
        finish();
        await expect.poll(() => late).toHaveLength(1);
        await tx.execute(sql`insert into notes values ('rolled back, too')`);
        tx.rollback();
      }),
    );
    expect(rolledBack).toMatchObject({ message: "Rollback" });
    expect(late).toEqual([expect.any(Error)]);
    expect(await notes()).toEqual(["a", "b"]);
  });
});
