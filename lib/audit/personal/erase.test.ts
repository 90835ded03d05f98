import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { auditEntries, auditSubjects } from "#db/audit/schema.ts";
import { createSession, createUser } from "#db/factories.ts";
import { userIdentities } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { recordRefusal } from "../../auth/record-refusal.ts";
import { Scope } from "../../auth/scope.ts";
import { changeRole } from "../../users/change-role.ts";
import { enableUser } from "../../users/disable-user.ts";
import { erasedAddress } from "../../users/erased.ts";
import { inviteUser } from "../../users/invite-user.ts";
import { createPeople, readUser } from "../../users/test-people.ts";
import { appendAudit } from "../append.ts";
import { canonicalEntry, type EntryFields, leafOf, macOf } from "../entry.ts";
import { liftHold } from "../keeping/lift-hold.ts";
import { placeHold } from "../keeping/place-hold.ts";
import { auditKeyring } from "../keys.ts";
import { readTestTrail } from "../test-trail.ts";
import { erasePerson } from "./erase.ts";
import { forgetSubjects } from "./subjects.ts";

const { db, url, close } = await createTestDatabase();
afterAll(close);
beforeEach(forgetSubjects);
const reason = "Asked for in letter 17.";
const address = "203.0.113.77";

/** Somebody who was invited, came once from an address, and did something. */
async function livedIn() {
  const people = await createPeople(db);
  const { organisationId, scope } = people;
  const email = `maria-${organisationId.slice(-6)}@example.test`;
  const visibility = { sees: "all" } as const;
  const { userId } = await inviteUser(db, scope, { name: "Maria Rossi", email, role: "analyst", visibility });
  const client = { address, userAgent: "Firefox" };
  await createSession(db, { user: await readUser(db, userId), ip: address, userAgent: "Firefox" });
  await db
    .insert(userIdentities)
    .values({ organisationId, issuer: "https://login.example", subject: "m", userId });
  const own = Scope.ofUser({ id: userId, organisationId, role: "analyst" }, { via: "browser", address });
  const record = { action: "scan.start", object: { kind: "scan", id: "scn_1" } };
  const act = () => db.transaction((tx) => appendAudit(tx, own, record));
  await act();
  // By value: from an address that nobody had signed in from yet.
  const user = { id: userId, organisationId };
  await db.transaction((tx) =>
    recordRefusal(tx, { sandbox: false }, user, { reason: "wrong_password", client, limitReached: false }),
  );
  return { ...people, userId, email, act, client };
}

/** That every entry still is what its leaf and HMAC were made of. */
async function expectProven(organisationId: string): Promise<number> {
  const rows = await db.execute<EntryFields & { leaf: string; mac: string }>(sql`
    select entry_id as "entryId", to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      organisation_id as "organisationId", actor_kind as "actorKind", actor_id as "actorId",
      actor_token_id as "actorTokenId", action, object_kind as "objectKind", object_id as "objectId", result,
      duration_ms as "durationMs", correlation_id as "correlationId", origin, before, after,
      encode(leaf, 'hex') as leaf, encode(mac, 'hex') as mac
    from audit_entries where organisation_id = ${organisationId}`);
  for (const row of rows) {
    const leaf = leafOf(canonicalEntry(row));
    expect({
      leaf: leaf.toString("hex"),
      mac: macOf(leaf, auditKeyring().first.mac).toString("hex"),
    }).toEqual({
      leaf: row.leaf,
      mac: row.mac,
    });
  }
  return rows.length;
}

async function readWholeDatabase(): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select table_schema || '.' || table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const rows = await db.execute(sql`select to_jsonb(t)::text as row from ${sql.raw(name)} t`);
    all.push(...rows.map(({ row }) => `${name} ${String(row)}`));
  }
  return all.join("\n");
}

describe("erasing a user", () => {
  it("takes what was known of them everywhere, and leaves every entry and its proof", async () => {
    const { organisationId, scope, userId, email, act } = await livedIn();
    expect(JSON.stringify(await readTestTrail(db, organisationId))).toContain(address);
    const entries = async () =>
      JSON.stringify(
        await db.select().from(auditEntries).where(eq(auditEntries.organisationId, organisationId)),
      );
    const before = await entries();
    expect(await readWholeDatabase()).toContain(email);
    expect(await erasePerson(db, scope, { userId, reason })).toEqual({ subject: userId, keys: 2 });
    expect((await entries()).startsWith(before.slice(0, -1))).toBe(true);
    const where = await readWholeDatabase();
    for (const known of [email, "Maria", "Rossi", address, "Firefox"]) expect(where).not.toContain(known);
    await act();
    const trail = await readTestTrail(db, organisationId);
    expect(trail.map(({ action, origin, after }) => ({ action, origin, after }))).toEqual([
      { action: "user.invite", origin: null, after: expect.anything() },
      { action: "scan.start", origin: { via: "browser", address: "(erased)" }, after: null },
      {
        action: "session.refuse",
        origin: { via: "browser", address: "(erased)" },
        after: { reason: "wrong_password", address: "(erased)", limitReached: false },
      },
      {
        action: "person.erase",
        origin: null,
        after: { reason, keys: 2, sessionsEnded: 1, tokensEnded: 0, linksEnded: 1, reports: 0 },
      },
      { action: "scan.start", origin: { via: "browser", address: "(erased)" }, after: null },
    ]);
    expect(await expectProven(organisationId)).toBe(5);
    expect(await readUser(db, userId)).toMatchObject({
      ...{ name: "Erased person", email: erasedAddress(userId), passwordHash: null },
      ...{ disabledAt: expect.any(Date), revision: 2 },
    });
  });

  it("is for ever: the database itself keeps the key away, and nothing brings the user back", async () => {
    const { scope, userId, organisationId } = await livedIn();
    await erasePerson(db, scope, { userId, reason });
    const back = db.update(auditSubjects).set({ wrappedKey: Buffer.alloc(60), keyId: "test" });
    await expect(back.where(eq(auditSubjects.id, userId))).rejects.toMatchObject({
      cause: { code: "42501" },
    });
    const gone = { code: "conflict", message: expect.stringContaining("was erased") };
    await expect(enableUser(db, scope, { userId, revision: 2 })).rejects.toMatchObject(gone);
    await expect(changeRole(db, scope, { userId, revision: 2, role: "ciso" })).rejects.toMatchObject(gone);
    await expect(erasePerson(db, scope, { userId, reason })).rejects.toMatchObject(gone);
    expect(
      (await readTestTrail(db, organisationId)).filter(({ action }) => action === "person.erase"),
    ).toHaveLength(1);
  });

  it("holds for other processes, which remember keys for a while", async () => {
    const { organisationId, scope, userId } = await livedIn();
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "test-writer.ts"), url, organisationId, userId, address],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    const heard = async () => String((await once(child.stdout, "data"))[0]);
    expect(await heard()).toBe("ready\n");
    const write = async () => {
      child.stdin.write("\n");
      expect(await heard()).toBe("written\n");
    };
    await write();
    await erasePerson(db, scope, { userId, reason });
    await write();
    child.stdin.end();
    await once(child, "exit");
    const trail = await readTestTrail(db, organisationId);
    const elsewhere = trail.filter(({ objectId }) => objectId === "elsewhere").map(({ origin }) => origin);
    expect(elsewhere).toEqual(Array(2).fill({ via: "browser", address: "(erased)" }));
    expect(await readWholeDatabase()).not.toContain(address);
  });

  it("waits for who is just being met for the first time, and takes their key as well", async () => {
    const { organisationId, scope, join: joinUs } = await createPeople(db);
    const { id } = await joinUs({ role: "analyst" });
    const own = Scope.ofUser({ id, organisationId, role: "analyst" }, { via: "api", address });
    let met = () => {};
    const isMet = new Promise<void>((resolve) => {
      met = resolve;
    });
    let go = () => {};
    const mayGo = new Promise<void>((resolve) => {
      go = resolve;
    });
    const act = db.transaction(async (tx) => {
      await appendAudit(tx, own, { action: "thing.do", object: { kind: "thing", id: "t" } });
      met();
      await mayGo;
    });
    await isMet;
    const erased = erasePerson(db, scope, { userId: id, reason });
    await db.execute(sql`select 1`);
    for (let waiting = 0; waiting === 0; ) {
      const [row] = await db.execute<{ n: number }>(sql`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      waiting = row?.n ?? 0;
    }
    go();
    await Promise.all([act, erased]);
    const [first] = await readTestTrail(db, organisationId);
    expect(first?.origin).toEqual({ via: "api", address: "(erased)" });
  });

  it("is refused to whom it isn't for, of whom it can't be, and while a legal hold is in force", async () => {
    const { organisationId, scope, admin, userId, join: joinUs } = await livedIn();
    const person = await readUser(db, userId);
    const input = { userId, reason };
    const auditor = Scope.ofUser(await joinUs({ role: "auditor" }));
    const code = (name: string) => ({ code: name });
    await expect(erasePerson(db, auditor, input)).rejects.toMatchObject(code("forbidden"));
    const limited = Scope.ofUser({ ...(await joinUs({ role: "admin" })), accountIds: [] });
    await expect(erasePerson(db, limited, input)).rejects.toMatchObject(code("forbidden"));
    const token = Scope.ofToken(admin, { id: "tok_1", permissions: ["users:manage", "audit:manage"] });
    await expect(erasePerson(db, token, input)).rejects.toMatchObject(code("forbidden"));
    const stranger = Scope.ofUser(await createUser(db, { role: "admin" }));
    await expect(erasePerson(db, stranger, input)).rejects.toMatchObject(code("not_found"));
    await expect(erasePerson(db, scope, { userId: admin.id, reason })).rejects.toMatchObject(
      code("conflict"),
    );
    const persona = await joinUs({ persona: true });
    await expect(erasePerson(db, scope, { userId: persona.id, reason })).rejects.toMatchObject(
      code("conflict"),
    );
    await expect(erasePerson(db, scope, { userId, reason: " " })).rejects.toMatchObject(
      code("invalid_input"),
    );
    const { holdId } = await placeHold(db, scope, { name: "Case 9", reason: "The court asked." });
    await expect(erasePerson(db, scope, input)).rejects.toMatchObject({
      ...code("conflict"),
      message: "Nothing was erased: the legal hold “Case 9” is in force. Lift it first, if it may be.",
    });
    expect(await readUser(db, userId)).toEqual(person);
    const told = (await readTestTrail(db, organisationId)).filter(({ action }) => action === "person.erase");
    expect(told.map(({ actorId, result, objectId, after }) => [actorId, result, objectId, after])).toEqual(
      [auditor, limited, token].map(({ actor }) => [
        ...[actor.id, "refused", userId],
        { code: "forbidden", permission: "audit:erase" },
      ]),
    );
    await liftHold(db, scope, { holdId, reason: "The case is closed." });
    expect(await erasePerson(db, scope, input)).toEqual({ subject: userId, keys: 2 });
  });
});

describe("erasing who is no user", () => {
  it("takes what the trail holds of an address, in whichever case, and nothing of another organisation", async () => {
    const [one, two] = [await createPeople(db), await createPeople(db)];
    const value = "198.51.100.200";
    for (const { scope } of [one, two]) {
      await db.transaction((tx) =>
        appendAudit(tx, Scope.ofSystem(scope.organisationId, "test"), {
          ...{ action: "thing.do", object: { kind: "thing", id: "t" } },
          after: { email: "Visitor@Example.test", peer: value },
        }),
      );
    }
    const visitor = { value: " visitor@example.TEST ", reason };
    expect(await erasePerson(db, one.scope, visitor)).toEqual({
      subject: expect.stringMatching(/^sub_/),
      keys: 1,
    });
    await expect(erasePerson(db, one.scope, visitor)).rejects.toMatchObject({ code: "not_found" });
    const [mine] = await readTestTrail(db, one.organisationId);
    const [theirs] = await readTestTrail(db, two.organisationId);
    expect([mine?.after, theirs?.after]).toEqual([
      { email: "(erased)", peer: value },
      { email: "Visitor@Example.test", peer: value },
    ]);
    await expect(erasePerson(db, one.scope, { value: one.admin.email, reason })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Erase the user"),
    });
  });
});
