import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { accountSecrets, accounts } from "#db/accounts/schema.ts";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { connectAccount } from "./connect-account.ts";
import {
  allButAdmin,
  awsInput,
  azureConnection,
  azureInput,
  clientSecret,
  newKeyring,
  readTrail,
} from "./test-accounts.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
provideKeyring(newKeyring("2026"));

describe("connecting an account", () => {
  it("stores it and is audited, and a second time is a conflict", async () => {
    const scope = await createScope(db, { role: "admin" });
    const { organisationId } = scope;
    const { accountId } = await connectAccount(db, scope, awsInput);
    const stored = await db.select().from(accounts).where(eq(accounts.organisationId, organisationId));
    const settings = {
      ...{ ...awsInput, level: "account", regions: null },
      ...{ schedule: null, scheduleTimeZone: "UTC" },
    };
    const nothingYet = { writeConnection: null, sourceId: null, readTest: null, writeTest: null };
    expect(stored).toEqual([
      {
        ...{ id: accountId, organisationId, ...settings, ...nothingYet },
        ...{ revision: 1, sandbox: false, disabledAt: null, deletion: null, createdAt: expect.any(Date) },
      },
    ]);
    await expect(connectAccount(db, scope, { ...awsInput, name: "Again" })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: account 111122223333 is already connected.",
    });
    expect(await readTrail(db, organisationId)).toEqual([
      {
        action: "account.connect",
        objectId: accountId,
        before: null,
        after: { ...settings, secrets: [] },
      },
    ]);
  });

  it("seals the secret, and lets the trail know its name alone", async () => {
    const scope = await createScope(db, { role: "admin" });
    const { accountId } = await connectAccount(db, scope, azureInput);
    const stored = await db.select().from(accountSecrets).where(eq(accountSecrets.accountId, accountId));
    expect(stored).toEqual([
      {
        id: expect.stringMatching(/^sec_/),
        organisationId: scope.organisationId,
        ...{ accountId, sourceId: null, identity: "read", name: "clientSecret", keyId: "2026" },
        sealed: expect.any(Uint8Array),
        createdAt: expect.any(Date),
        rotatedAt: null,
      },
    ]);
    const [entry] = await readTrail(db, scope.organisationId);
    expect(entry?.after).toMatchObject({ connection: azureConnection, secrets: ["clientSecret"] });
    expect(JSON.stringify(entry)).not.toContain(clientSecret);
  });

  it("keeps nothing but that it was tried when there is no key to seal with", async () => {
    const scope = await createScope(db, { role: "admin" });
    provideKeyring(null);
    const attempt = connectAccount(db, scope, azureInput);
    await expect(attempt).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^Nothing was changed: there is no key .* Set PARAPET_SECRET_KEYS /),
    });
    provideKeyring(newKeyring("2026"));
    const own = eq(accounts.organisationId, scope.organisationId);
    expect(await db.select().from(accounts).where(own)).toEqual([]);
    expect(await readTrail(db, scope.organisationId)).toEqual([
      {
        ...{ action: "account.connect", objectId: "unknown", before: null },
        after: expect.objectContaining({ code: "unavailable" }),
      },
    ]);
  });

  it("is each organisation's own affair", async () => {
    const here = await createScope(db, { role: "admin" });
    const there = await createScope(db, { role: "admin" });
    const { accountId } = await connectAccount(db, here, awsInput);
    expect(await connectAccount(db, there, awsInput)).not.toEqual({ accountId });
  });

  it.each(allButAdmin)("is not for a %s", async (role) => {
    const scope = await createScope(db, { role });
    await expect(connectAccount(db, scope, awsInput)).rejects.toMatchObject({ code: "forbidden" });
    expect(await readTrail(db, scope.organisationId)).toEqual([]);
  });
});

describe("input that can't be right", () => {
  const refused = async (input: object) => {
    const scope = await createScope(db, { role: "admin" });
    const error = await connectAccount(db, scope, { ...azureInput, ...input }).catch((said: unknown) => said);
    return { code: Reflect.get(Object(error), "code"), fields: Reflect.get(Object(error), "fields") };
  };

  it("is refused by field", async () => {
    const wrong = {
      ...{ ...awsInput, secrets: {}, externalId: "1111", name: " ", regions: ["Ireland"] },
      ...{ schedule: "daily", scheduleTimeZone: "Europe/Atlantis" },
    };
    expect(await refused(wrong)).toEqual({
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

  it.each([
    ["another cloud's id", { externalId: "111122223333" }, "externalId"],
    ["regions of a cloud that is read whole", { regions: ["westeurope"] }, "regions"],
    ["a secret that is lacking", { secrets: {} }, "secrets.clientSecret"],
    ["a secret too many", { secrets: { clientSecret, certificate: "x" } }, "secrets.certificate"],
    ["a directory of another tenant", { level: "directory" }, "externalId"],
    ["a directory of AWS", { ...awsInput, secrets: {}, level: "directory" }, "level"],
    ["a connection of another cloud", { connection: awsInput.connection }, "connection.type"],
    [
      "a Google project that is none",
      { cloud: "gcp", externalId: "Acme", secrets: {}, connection: { type: "application_default" } },
      "externalId",
    ],
  ])("%s is refused", async (_, input, field) => {
    const { code, fields } = await refused(input);
    expect({ code, fields: Object.keys(fields) }).toEqual({ code: "invalid_input", fields: [field] });
  });

  it("takes a legacy project of a domain", async () => {
    const scope = await createScope(db, { role: "admin" });
    const connection = { type: "application_default" as const };
    const project = {
      cloud: "gcp" as const,
      externalId: "example.com:billing-tools",
      name: "Billing",
      connection,
    };
    expect(await connectAccount(db, scope, project)).toEqual({ accountId: expect.stringMatching(/^acc_/) });
  });

  it("never shows a secret in its error", async () => {
    const scope = await createScope(db, { role: "admin" });
    const wrong = { ...azureInput, name: "", secrets: { clientSecret, certificate: clientSecret } };
    const error: unknown = await connectAccount(db, scope, wrong).catch((said: unknown) => said);
    expect(error).toBeInstanceOf(Error);
    expect(String(error) + JSON.stringify(error)).not.toContain(clientSecret);
  });
});
