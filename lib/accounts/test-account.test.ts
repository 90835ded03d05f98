import { afterEach, describe, expect, it } from "vitest";
import { getAccount } from "#db/accounts/queries.ts";
import { createScope } from "#db/factories.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { acmeScanner } from "#sandbox/estates/acme-azure.ts";
import { editAccount } from "./edit-account.ts";
import { connectSource } from "./sources/connect-source.ts";
import { requestSync } from "./sources/request-sync.ts";
import { testAccount, testDraft } from "./test-account.ts";
import { allButAdmin, readTrail } from "./test-accounts.ts";
import { setWriteIdentity } from "./write-identity.ts";

const cloud = await createTestCloud({
  writers: false,
  ...{ clouds: ["aws", "azure"], accounts: ["Acme Production", "Acme Apps"], workers: 0 },
});
const { db } = cloud.database;
const { scope, sandbox } = cloud;
const aws = cloud.accounts.get("Acme Production") ?? "";
const azure = cloud.accounts.get("Acme Apps") ?? "";
afterEach(() => sandbox.faults.reset());

describe("testing an account", () => {
  it("stores what was found with the identity, and is audited", async () => {
    sandbox.faults.deny = ["kms:ListKeys"];
    const read = await testAccount(db, scope, aws, "read");
    expect(read).toMatchObject({ error: null, missing: [{ service: "kms", permissions: ["kms:ListKeys"] }] });
    const { revision } = await getAccount(db, scope, aws);
    const none = testAccount(db, scope, aws, "write");
    await expect(none).rejects.toMatchObject({ code: "conflict" });
    const { connection } = await getAccount(db, scope, aws);
    await setWriteIdentity(db, scope, { accountId: aws, revision, connection });
    const permissions = [{ service: "s3", permissions: ["s3:PutBucketPolicy"] }];
    const write = await testAccount(db, scope, aws, "write", { permissions });
    expect(write).toMatchObject({ error: null, missing: [], untold: [] });
    const account = await getAccount(db, scope, aws);
    expect({ readTest: account.readTest, writeTest: account.writeTest }).toEqual({
      readTest: read,
      writeTest: write,
    });
    const tests = (await readTrail(db, scope.organisationId)).filter(
      ({ action }) => action === "account.test",
    );
    expect(tests.map(({ objectId, after }) => ({ objectId, after }))).toEqual(
      [read, write].map(({ reached, error, method, missing }, index) => ({
        objectId: aws,
        after: { identity: index === 0 ? "read" : "write", reached, error, method, missing },
      })),
    );
  });

  it("is a conflict when the account was changed meanwhile, and stores nothing", async () => {
    const before = await getAccount(db, scope, aws);
    let edited = false;
    sandbox.faults.beforeHandler = async ({ operation }) => {
      if (operation !== "GetCallerIdentity" || edited) return;
      edited = true;
      const { revision } = await getAccount(db, scope, aws);
      await editAccount(db, scope, { accountId: aws, revision, environment: "changed" });
    };
    await expect(testAccount(db, scope, aws, "read")).rejects.toMatchObject({ code: "conflict" });
    expect((await getAccount(db, scope, aws)).readTest).toEqual(before.readTest);
  });

  it("finds nothing of another organisation", async () => {
    const stranger = await createScope(db, { role: "admin" });
    await expect(testAccount(db, stranger, aws, "read")).rejects.toMatchObject({ code: "not_found" });
    const draft = { cloud: "aws" as const, connection: { type: "ambient" }, accountId: aws };
    await expect(testDraft(db, stranger, draft)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(allButAdmin)("is not for a %s", async (role) => {
    const own = await createScope(db, { role, organisationId: scope.organisationId });
    await expect(testAccount(db, own, aws, "read")).rejects.toMatchObject({ code: "forbidden" });
    const draft = { cloud: "aws" as const, connection: { type: "ambient" } };
    await expect(testDraft(db, own, draft)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("testing a draft", () => {
  const draftOf = async () => ({
    ...{ cloud: "azure" as const, accountId: azure },
    connection: (await getAccount(db, scope, azure)).connection,
  });

  it("takes the stored secret for an unchanged connection, and stores nothing", async () => {
    const entries = (await readTrail(db, scope.organisationId)).length;
    const draft = { ...(await draftOf()), externalId: (await getAccount(db, scope, azure)).externalId };
    expect(await testDraft(db, scope, draft)).toMatchObject({ error: null, method: "exact" });
    expect(await readTrail(db, scope.organisationId)).toHaveLength(entries);
    expect((await getAccount(db, scope, azure)).readTest).toBeNull();
  });

  it("sends the stored secret to no other address", async () => {
    const draft = await draftOf();
    const asked: string[] = [];
    sandbox.faults.beforeHandler = ({ operation }) => void asked.push(operation);
    const elsewhere = { ...draft.connection, clientId: "91c5d7e3-2b68-4a0f-8d14-e3f7a2b6c905" };
    const result = await testDraft(db, scope, { ...draft, connection: elsewhere });
    expect(result).toMatchObject({
      reached: null,
      error: "The account's clientSecret is missing. Enter it anew.",
    });
    expect(asked).toEqual([]);
    const given = { ...draft, secrets: { clientSecret: acmeScanner.clientSecret } };
    expect(await testDraft(db, scope, { ...given, externalId: null })).toMatchObject({
      reached: null,
      error: "The credentials reach 2 subscriptions. Say which one.",
    });
  });

  it("refuses what is no connection, by field", async () => {
    const wrong = testDraft(db, scope, {
      cloud: "aws",
      connection: { type: "assume_role", roleArn: "role" },
    });
    await expect(wrong).rejects.toMatchObject({ fields: { "connection.roleArn": expect.any(String) } });
  });
});

it("a look for members that somebody asks for is queued and audited", async () => {
  const { sourceId } = await connectSource(db, scope, {
    ...{ cloud: "aws", name: "Acme", connection: { type: "ambient", endpointUrl: sandbox.url } },
    template: { type: "role", roleName: "ParapetScanner" },
  });
  expect(await requestSync(db, scope, { sourceId })).toEqual({ sourceId, lastSyncAt: null });
  const jobs = await cloud.database.sql`select data from pgboss.job where name = 'source-sync'`;
  expect([...jobs]).toEqual([{ data: { sourceId } }, { data: { sourceId } }]);
  expect((await readTrail(db, scope.organisationId)).at(-1)).toEqual({
    ...{ action: "account_source.request_sync", objectId: sourceId, before: null, after: null },
  });
});
