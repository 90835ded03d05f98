import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { auditEntries } from "#db/audit/schema.ts";
import { createAccount, createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { connectAccount } from "./connect-account.ts";
import { isCron } from "./cron.ts";
import { reconnectAccount } from "./reconnect-account.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const connection = {
  type: "assume_role" as const,
  roleArn: "arn:aws:iam::111122223333:role/ParapetScanner",
  externalId: "acme-5f1c",
};
const input = {
  cloud: "aws" as const,
  externalId: "111122223333",
  name: "Acme Production",
  environment: "production",
  connection,
};

const trail = (organisationId: string) =>
  db
    .select({
      action: auditEntries.action,
      objectId: auditEntries.objectId,
      before: auditEntries.before,
      after: auditEntries.after,
    })
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(asc(auditEntries.id));

test("an account is connected and audited, and a second time is a conflict", async () => {
  const scope = await createScope(db, { role: "admin" });
  const { organisationId } = scope;
  const { accountId } = await connectAccount(db, scope, input);
  const stored = await db.select().from(accounts).where(eq(accounts.organisationId, organisationId));
  const settings = { ...input, regions: null, schedule: null, scheduleTimeZone: "UTC" };
  expect(stored).toEqual([
    {
      id: accountId,
      organisationId,
      level: "account",
      ...settings,
      disabledAt: null,
      createdAt: expect.any(Date),
      sourceId: null,
      writeConnection: null,
      readTest: null,
      writeTest: null,
      revision: 1,
      deletion: null,
    },
  ]);
  await expect(connectAccount(db, scope, { ...input, name: "Again" })).rejects.toMatchObject({
    code: "conflict",
    message: "Nothing was changed: account 111122223333 is already connected.",
  });
  expect(await trail(organisationId)).toEqual([
    {
      action: "account.connect",
      objectId: accountId,
      before: null,
      after: { ...settings, level: "account", secrets: [] },
    },
  ]);
});

test("each organisation connects the account for itself", async () => {
  const here = await createScope(db, { role: "admin" });
  const there = await createScope(db, { role: "admin" });
  const { accountId } = await connectAccount(db, here, input);
  expect(await connectAccount(db, there, input)).not.toEqual({ accountId });
  await expect(
    reconnectAccount(db, there, { accountId, connection: { type: "ambient" } }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect((await trail(there.organisationId)).map(({ action }) => action)).toEqual(["account.connect"]);
});

test("only an administrator connects accounts", async () => {
  for (const role of ["ciso", "analyst", "manager", "auditor"] as const) {
    const scope = await createScope(db, { role });
    const forbidden = { code: "forbidden" };
    await expect(connectAccount(db, scope, input)).rejects.toMatchObject(forbidden);
    const { id: accountId } = await createAccount(db, { organisationId: scope.organisationId });
    await expect(reconnectAccount(db, scope, { accountId, connection })).rejects.toMatchObject(forbidden);
    expect(await trail(scope.organisationId)).toEqual([]);
  }
});

test("an account is reached another way, once", async () => {
  const scope = await createScope(db, { role: "admin" });
  const { accountId } = await connectAccount(db, scope, input);
  const moved = { ...connection, endpointUrl: "http://127.0.0.1:4999" };
  expect(await reconnectAccount(db, scope, { accountId, connection: moved })).toEqual({ accountId });
  await expect(reconnectAccount(db, scope, { accountId, connection: moved })).rejects.toMatchObject({
    code: "conflict",
  });
  expect((await trail(scope.organisationId)).slice(1)).toEqual([
    {
      action: "account.reconnect",
      objectId: accountId,
      before: { connection },
      after: { connection: moved },
    },
  ]);
});

test("input that can't be right is refused by field", async () => {
  const scope = await createScope(db, { role: "admin" });
  await expect(
    connectAccount(db, scope, {
      ...input,
      externalId: "1111",
      name: " ",
      regions: ["Ireland"],
      schedule: "daily",
      scheduleTimeZone: "Europe/Atlantis",
    }),
  ).rejects.toMatchObject({
    code: "invalid_input",
    fields: {
      externalId: "An AWS account id has 12 digits.",
      name: "Give the account a name.",
      "regions.0": "A region looks like eu-west-1.",
      schedule: "A schedule has five fields, such as 0 3 * * *.",
      scheduleTimeZone: "There is no such time zone.",
    },
  });
});

test.each(["* * * * *", "0 3 * * *", "*/15 0-6,22 1,15 * 1-5", "59 23 31 12 7"])(
  "%s is a schedule",
  (cron) => {
    expect(isCron(cron)).toBe(true);
  },
);

test.each([
  "",
  "* * * *",
  "* * * * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * * 13 *",
  "5-1 * * * *",
  "*/0 * * * *",
  "@daily",
  "a * * * *",
  "1, * * * *",
])("%j is none", (cron) => {
  expect(isCron(cron)).toBe(false);
});
