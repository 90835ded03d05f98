import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { StartError } from "#lib/start-error.ts";
import { migrateDatabase, migrationsFolder, readMigrationState } from "./migrate.ts";
import { createTestDatabase } from "./test-database.ts";

const { sql, url, close } = await createTestDatabase();
const copies: string[] = [];
afterAll(async () => {
  await close();
  for (const folder of copies) rmSync(folder, { recursive: true });
});

/** A copy of the migrations with one more, as a later version has it. */
function laterVersion(): string {
  const folder = mkdtempSync(join(tmpdir(), "parapet-migrations-"));
  copies.push(folder);
  cpSync(migrationsFolder(), folder, { recursive: true });
  const journalFile = join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(journalFile, "utf8")) as { entries: object[] };
  journal.entries.push({
    idx: 9999,
    version: "7",
    when: 4_000_000_000_000,
    tag: "9999_later",
    breakpoints: true,
  });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(folder, "9999_later.sql"), "create table later (id int)");
  return folder;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("migrateDatabase", () => {
  it("finds the template current", async () => {
    expect(await readMigrationState(sql)).toEqual({ pending: [], unknown: false });
    expect(await migrateDatabase(url)).toEqual({ applied: 0 });
  });

  it("applies what a later version brings once, though two start at a time, and is then refused by this one", async () => {
    const folder = laterVersion();
    expect((await readMigrationState(sql, folder)).pending).toHaveLength(1);
    const both = await Promise.all([migrateDatabase(url, { folder }), migrateDatabase(url, { folder })]);
    expect(both.map(({ applied }) => applied).sort()).toEqual([0, 1]);
    expect(await readMigrationState(sql)).toEqual({ pending: [], unknown: true });
    const error = await failureOf(migrateDatabase(url));
    expect(error).toEqual(
      new StartError(
        "The database's schema is newer than this version of Parapet: update Parapet, or restore a backup made before the update.",
      ),
    );
  });

  it("says in one line without the password why it can't connect", async () => {
    const at = (change: Partial<URL>) => Object.assign(new URL(url), change);
    const refused = at({ username: "nobody-known", password: "wrong-secret" });
    const nowhere = at({ port: "1", password: "wrong-secret" });
    const missing = at({ pathname: "/nothing" });
    // A server that trusts every connection knows the difference between a wrong password and an unknown user.
    const why = String(await failureOf(migrateDatabase(refused.href)));
    expect(why).toMatch(
      /^StartError: The database at \S+ (refused the user or password|does not let this user in)/,
    );
    expect(why).not.toContain("secret");
    expect(await failureOf(migrateDatabase(nowhere.href))).toEqual(
      new StartError(`No PostgreSQL answers at ${nowhere.host}. Check DATABASE_URL.`),
    );
    expect(await failureOf(migrateDatabase(missing.href))).toEqual(
      new StartError(`There is no database nothing at ${missing.host}. Check DATABASE_URL.`),
    );
  });

  it("refuses a folder without migrations", async () => {
    expect(await failureOf(migrateDatabase(url, { folder: "/nowhere" }))).toEqual(
      new StartError("No migrations in /nowhere: run from Parapet's own folder."),
    );
  });
});
