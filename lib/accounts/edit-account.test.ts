import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { createAccount, createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { openSecrets } from "#lib/secrets/store.ts";
import { editAccount } from "./edit-account.ts";
import { secretOwnerOf } from "./open-account.ts";
import {
  allButAdmin,
  awsConnection,
  azureConnection,
  azureInput,
  clientSecret,
  connected,
  newKeyring,
  readTrail,
} from "./test-accounts.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
provideKeyring(newKeyring("2026"));

const secretsOf = (organisationId: string, id: string) =>
  openSecrets(db, secretOwnerOf(organisationId, { id, sourceId: null }));

describe("editing an account", () => {
  it("changes what is asked for, and the trail has the change alone", async () => {
    const { scope, organisationId, accountId } = await connected(db);
    const changes = { name: "Acme Live", regions: ["eu-west-1"], schedule: "0 4 * * *", environment: null };
    expect(await editAccount(db, scope, { accountId, revision: 1, ...changes })).toEqual({
      accountId,
      revision: 2,
    });
    const [stored] = await db.select().from(accounts).where(eq(accounts.id, accountId));
    expect(stored).toMatchObject({ ...changes, connection: awsConnection, revision: 2 });
    expect((await readTrail(db, organisationId)).at(-1)).toEqual({
      action: "account.edit",
      objectId: accountId,
      before: { name: "Acme Production", regions: null, schedule: null, environment: "production" },
      after: changes,
    });
  });

  it("is a conflict when somebody else was faster, and when nothing would change", async () => {
    const { scope, organisationId, accountId } = await connected(db);
    await editAccount(db, scope, { accountId, revision: 1, name: "First" });
    const late = editAccount(db, scope, { accountId, revision: 1, name: "Second" });
    await expect(late).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("somebody else changed First meanwhile"),
    });
    const same = editAccount(db, scope, { accountId, revision: 2, name: "First" });
    await expect(same).rejects.toMatchObject({ code: "conflict" });
    expect(await readTrail(db, organisationId)).toHaveLength(2);
  });

  it("lets one of two at the same moment through", async () => {
    const { scope, accountId } = await connected(db);
    const both = await Promise.allSettled(
      ["One", "Two"].map((name) => editAccount(db, scope, { accountId, revision: 1, name })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("finds nothing of another organisation", async () => {
    const { accountId } = await connected(db);
    const stranger = await createScope(db, { role: "admin" });
    const attempt = editAccount(db, stranger, { accountId, revision: 1, name: "Mine" });
    await expect(attempt).rejects.toMatchObject({ code: "not_found" });
    expect(await readTrail(db, stranger.organisationId)).toEqual([]);
  });

  it.each(allButAdmin)("is not for a %s", async (role) => {
    const scope = await createScope(db, { role });
    const { id: accountId } = await createAccount(db, { organisationId: scope.organisationId });
    const attempt = editAccount(db, scope, { accountId, revision: 1, name: "Mine" });
    await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("how it is reached", () => {
  it("changes with its secrets, of which the trail knows the names", async () => {
    const { scope, organisationId, accountId } = await connected(db, azureInput);
    const renewed = "hush-another-one-91c5d7e3";
    await editAccount(db, scope, { accountId, revision: 1, secrets: { clientSecret: renewed } });
    expect(await secretsOf(organisationId, accountId)).toEqual({ clientSecret: renewed });
    const entry = (await readTrail(db, organisationId)).at(-1);
    expect(entry).toEqual({
      action: "account.edit",
      objectId: accountId,
      before: {},
      after: { secretsReplaced: ["clientSecret"] },
    });
  });

  it("doesn't take a stored secret along to another address", async () => {
    const { scope, organisationId, accountId } = await connected(db, azureInput);
    const connection = { ...azureConnection, clientId: "91c5d7e3-2b68-4a0f-8d14-e3f7a2b6c905" };
    const kept = editAccount(db, scope, { accountId, revision: 1, connection });
    await expect(kept).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "secrets.clientSecret": "The connection changes, so enter it again." },
    });
    expect(await secretsOf(organisationId, accountId)).toEqual({ clientSecret });
    const again = { accountId, revision: 1, connection, secrets: { clientSecret: "hush-again" } };
    expect(await editAccount(db, scope, again)).toEqual({ accountId, revision: 2 });
  });

  it("forgets secrets that are no longer taken", async () => {
    const { scope, organisationId, accountId } = await connected(db, azureInput);
    await editAccount(db, scope, { accountId, revision: 1, connection: { type: "default" } });
    expect(await secretsOf(organisationId, accountId)).toEqual({});
  });

  it("stays what it was when the new way is broken", async () => {
    const { scope, accountId } = await connected(db);
    const connection = { type: "assume_role", roleArn: "arn:aws:iam::1:role/x" };
    const attempt = editAccount(db, scope, { accountId, revision: 1, connection });
    await expect(attempt).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "connection.roleArn": "A role's ARN looks like arn:aws:iam::111122223333:role/parapet." },
    });
    const [stored] = await db.select().from(accounts).where(eq(accounts.id, accountId));
    expect(stored).toMatchObject({ connection: awsConnection, revision: 1 });
  });
});
