import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { openSecrets } from "#lib/secrets/store.ts";
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
import { removeWriteIdentity, setWriteIdentity } from "./write-identity.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
provideKeyring(newKeyring("2026"));

const writer = { ...awsConnection, roleArn: "arn:aws:iam::111122223333:role/ParapetRemediator" };
const writeConnectionOf = async (accountId: string) =>
  (await db.select().from(accounts).where(eq(accounts.id, accountId)))[0]?.writeConnection;

describe("the identity that writes", () => {
  it("is set beside the one that reads, and taken away again", async () => {
    const { scope, organisationId, accountId } = await connected(db);
    const set = { accountId, revision: 1, connection: writer };
    expect(await setWriteIdentity(db, scope, set)).toEqual({ accountId, revision: 2 });
    expect(await writeConnectionOf(accountId)).toEqual(writer);
    expect(await removeWriteIdentity(db, scope, { accountId, revision: 2 })).toEqual({
      accountId,
      revision: 3,
    });
    expect(await writeConnectionOf(accountId)).toBeNull();
    expect((await readTrail(db, organisationId)).slice(1)).toEqual([
      {
        action: "account.set_write_identity",
        objectId: accountId,
        before: { connection: null },
        after: { connection: writer, secrets: [], secretsReplaced: [] },
      },
      {
        action: "account.remove_write_identity",
        objectId: accountId,
        before: { connection: writer },
        after: null,
      },
    ]);
  });

  it("has secrets of its own, which go with it", async () => {
    const { scope, organisationId, accountId } = await connected(db, azureInput);
    const secretsOf = (identity: "read" | "write") =>
      openSecrets(db, secretOwnerOf(organisationId, { id: accountId, sourceId: null }, identity));
    const secrets = { clientSecret: "hush-of-the-writer" };
    await setWriteIdentity(db, scope, { accountId, revision: 1, connection: azureConnection, secrets });
    expect([await secretsOf("read"), await secretsOf("write")]).toEqual([{ clientSecret }, secrets]);
    expect(JSON.stringify(await readTrail(db, organisationId))).not.toContain("hush");
    await removeWriteIdentity(db, scope, { accountId, revision: 2 });
    expect([await secretsOf("read"), await secretsOf("write")]).toEqual([{ clientSecret }, {}]);
  });

  it("is a conflict when somebody else was faster, or when there is none to take away", async () => {
    const { scope, accountId } = await connected(db);
    const none = removeWriteIdentity(db, scope, { accountId, revision: 1 });
    await expect(none).rejects.toMatchObject({ code: "conflict" });
    await setWriteIdentity(db, scope, { accountId, revision: 1, connection: writer });
    const late = setWriteIdentity(db, scope, { accountId, revision: 1, connection: awsConnection });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    const stale = removeWriteIdentity(db, scope, { accountId, revision: 1 });
    await expect(stale).rejects.toMatchObject({ code: "conflict" });
    expect(await writeConnectionOf(accountId)).toEqual(writer);
  });

  it("is no other organisation's", async () => {
    const { accountId } = await connected(db);
    const stranger = await createScope(db, { role: "admin" });
    const set = setWriteIdentity(db, stranger, { accountId, revision: 1, connection: writer });
    await expect(set).rejects.toMatchObject({ code: "not_found" });
    const removed = removeWriteIdentity(db, stranger, { accountId, revision: 1 });
    await expect(removed).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(allButAdmin)("is not for a %s to set", async (role) => {
    const { accountId, organisationId } = await connected(db);
    const scope = await createScope(db, { role, organisationId });
    const forbidden = { code: "forbidden" };
    const set = setWriteIdentity(db, scope, { accountId, revision: 1, connection: writer });
    await expect(set).rejects.toMatchObject(forbidden);
    await expect(removeWriteIdentity(db, scope, { accountId, revision: 1 })).rejects.toMatchObject(forbidden);
  });
});
