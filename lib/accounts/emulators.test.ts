import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import type { Scope } from "../auth/scope.ts";
import { provideKeyring } from "../secrets/keys.ts";
import { connectAccount } from "./connect-account.ts";
import { editAccount } from "./edit-account.ts";
import { connectSource } from "./sources/connect-source.ts";
import { testDraft } from "./test-account.ts";
import {
  awsConnection,
  awsInput,
  azureConnection,
  azureInput,
  clientSecret,
  newKeyring,
} from "./test-accounts.ts";
import { setWriteIdentity } from "./write-identity.ts";

// The installation of these tests watches accounts of one's own.
process.env.PARAPET_SANDBOX = "off";
const { db, close } = await createTestDatabase();
afterAll(close);
provideKeyring(newKeyring("1"));

/** Whatever a connection may name, near or far; it counts who calls. */
let calls = 0;
const listener = createServer((_, response) => {
  calls += 1;
  response.end("{}");
}).listen(0, "127.0.0.1");
await once(listener, "listening");
afterAll(() => listener.close());
const address = listener.address();
const endpointUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
const emulator = {
  resourceManagerUrl: "https://evil.example",
  authorityUrl: "https://evil.example",
  graphUrl: "https://evil.example",
  ca: "-----BEGIN CERTIFICATE-----",
};

let scope: Scope;
beforeEach(async () => {
  scope = await createScope(db, { role: "admin" });
});

const refusal = async (attempt: Promise<unknown>) => {
  const error: unknown = await attempt.catch((said: unknown) => said);
  return {
    code: Reflect.get(Object(error), "code"),
    fields: Object.keys(Reflect.get(Object(error), "fields") ?? {}),
  };
};
const named = (field: string) => ({ code: "invalid_input", fields: [`connection.${field}`] });

test("no form connects, edits or tests an account by another address than its provider's", async () => {
  const aws = { ...awsConnection, endpointUrl };
  const azure = { ...azureConnection, emulator };
  expect(await refusal(connectAccount(db, scope, { ...awsInput, connection: aws }))).toEqual(
    named("endpointUrl"),
  );
  expect(await refusal(connectAccount(db, scope, { ...azureInput, connection: azure }))).toEqual(
    named("emulator"),
  );

  const { accountId } = await connectAccount(db, scope, azureInput);
  const at = { accountId, revision: 1 };
  const secrets = { clientSecret };
  expect(await refusal(editAccount(db, scope, { ...at, connection: azure }))).toEqual(named("emulator"));
  expect(await refusal(editAccount(db, scope, { ...at, connection: azure, secrets }))).toEqual(
    named("emulator"),
  );
  expect(await refusal(setWriteIdentity(db, scope, { ...at, connection: azure, secrets }))).toEqual(
    named("emulator"),
  );
  const source = { cloud: "azure" as const, name: "Acme", connection: azure, secrets };
  expect(await refusal(connectSource(db, scope, source))).toEqual(named("emulator"));

  const drafts = [
    { cloud: "aws" as const, connection: { type: "ambient", endpointUrl } },
    { cloud: "aws" as const, connection: aws },
    {
      cloud: "gcp" as const,
      externalId: "acme-prod",
      connection: { type: "application_default", endpointUrl },
    },
  ];
  for (const draft of drafts)
    expect(await refusal(testDraft(db, scope, draft))).toEqual(named("endpointUrl"));
  const azureDrafts = [
    { connection: azure, secrets },
    { connection: azure, accountId },
    { connection: { type: "default", emulator } },
  ];
  for (const draft of azureDrafts) {
    expect(await refusal(testDraft(db, scope, { cloud: "azure", ...draft }))).toEqual(named("emulator"));
  }
  expect(calls).toBe(0);
});

test("a stored secret goes nowhere but where it was entered for", async () => {
  const { accountId } = await connectAccount(db, scope, azureInput);
  const elsewhere = [{ cloud: "china" }, { tenantId: "00000000-0000-4000-8000-000000000001" }];
  for (const change of elsewhere) {
    const connection = { ...azureConnection, ...change };
    expect(await refusal(editAccount(db, scope, { accountId, revision: 1, connection }))).toEqual({
      code: "invalid_input",
      fields: ["secrets.clientSecret"],
    });
    // Without its secret a draft ends before anything is sent.
    expect(await testDraft(db, scope, { cloud: "azure", accountId, connection })).toMatchObject({
      reached: null,
      error: expect.stringContaining("clientSecret is missing"),
    });
  }
});
