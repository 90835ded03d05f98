import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { type ConnectionOptions, connectionOf } from "./connection-options.ts";
import { readSecrets } from "./secret-input.ts";

const folder = mkdtempSync(join(tmpdir(), "parapet-options-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const tenant = "6a1f0c52-8d5e-4b1c-9f3a-2c7e5b90d411";
const clientId = "3f8e2a6d-7c14-4e95-b0a8-51d9c6e7f204";
const connection = (cloud: "aws" | "azure" | "gcp", options: Partial<ConnectionOptions>) =>
  connectionOf(cloud, { delegate: [], ...options });

it("makes a connection of what is given, of each cloud", () => {
  expect(connection("aws", {})).toEqual({ type: "ambient" });
  expect(connection("aws", { profile: "audit" })).toEqual({ type: "profile", profile: "audit" });
  const roleArn = "arn:aws:iam::111122223333:role/x";
  expect(connection("aws", { roleArn, externalId: "abc", profile: "audit" })).toEqual({
    ...{ type: "assume_role", roleArn, externalId: "abc" },
    source: { type: "profile", profile: "audit" },
  });
  expect(connection("azure", {})).toEqual({ type: "default" });
  expect(connection("azure", { tenant, clientId, clientSecretFile: "x" })).toEqual({
    ...{ type: "client_secret", tenantId: tenant, clientId },
  });
  expect(connection("azure", { tenant, clientId, certificateFile: "x", azureCloud: "china" })).toEqual({
    ...{ type: "client_certificate", tenantId: tenant, clientId, cloud: "china" },
  });
  expect(connection("gcp", {})).toEqual({ type: "application_default" });
  const serviceAccount = "scanner@acme-analytics-prod.iam.gserviceaccount.com";
  expect(connection("gcp", { serviceAccount, delegate: [serviceAccount] })).toEqual({
    ...{ type: "impersonate", serviceAccount, delegates: [serviceAccount] },
  });
});

it.each([
  ["aws", { tenant }, "--tenant doesn't go with aws."],
  ["azure", { roleArn: "x" }, "--role-arn doesn't go with azure."],
  ["aws", { externalId: "abc" }, "--external-id goes with --role-arn."],
  ["azure", { clientId }, "--client-id goes with --tenant."],
  ["gcp", { credentialConfiguration: "/nowhere/at/all" }, "/nowhere/at/all can't be read: ENOENT."],
] as const)("says of %s with %j what is wrong", (cloud, options, message) => {
  expect(() => connection(cloud, options)).toThrow(message);
});

it("reads secrets from files and the environment, without the line's end", async () => {
  const clientSecretFile = file("secret", "hush-hush\n");
  expect(await readSecrets({ clientSecretFile })).toEqual({ clientSecret: "hush-hush" });
  vi.stubEnv("ACME_SECRET", "hush-in-env");
  expect(await readSecrets({ clientSecretEnv: "ACME_SECRET" })).toEqual({ clientSecret: "hush-in-env" });
  const pem = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n";
  expect(await readSecrets({ certificateFile: file("pem", pem) })).toEqual({ certificate: pem });
  expect(await readSecrets({})).toEqual({});
});

it("says why a secret can't be read", async () => {
  await expect(readSecrets({ clientSecretFile: file("empty", "\n") })).rejects.toThrow(/empty is empty\./);
  await expect(readSecrets({ clientSecretEnv: "NOT_SET_ANYWHERE" })).rejects.toThrow(
    "The environment variable NOT_SET_ANYWHERE is not set.",
  );
  const both = readSecrets({ clientSecretEnv: "A", clientSecretFile: "b" });
  await expect(both).rejects.toThrow("not both");
});
