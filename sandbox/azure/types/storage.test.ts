import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { azureSession } from "#lib/clouds/azure/azure-session.ts";
import { type AzureClients, azureClients } from "#lib/clouds/azure/clients.ts";
import { acmeRemediator, acmeSubscriptions, buildAcmeAzure } from "#sandbox/estates/acme-azure.ts";
import { acmeConnection } from "#sandbox/estates/acme-azure-connections.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";

const [, { id: subscription }] = acmeSubscriptions;
const group = "rg-lake-staging";
let sandbox: Sandbox;
let session: ReturnType<typeof azureSession>;
let clients: AzureClients;
beforeAll(async () => {
  sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    azure: buildAcmeAzure({ pageSize: 3 }),
  });
  if (!sandbox.azure) throw new Error("The sandbox has no Azure.");
  session = azureSession(acmeConnection(sandbox.azure, acmeRemediator), {
    clientSecret: acmeRemediator.clientSecret,
  });
  clients = azureClients(session, subscription);
});
afterAll(async () => {
  session.close();
  await sandbox.close();
});

async function namesOf(list: AsyncIterable<{ name?: string }>): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for await (const { name } of list) names.push(name);
  return names;
}

describe("storage accounts", () => {
  it("can be made, changed and deleted through the SDK", async () => {
    const { storageAccounts } = clients.storage;
    const made = await storageAccounts.create(group, "madebyatest", {
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      minimumTlsVersion: "TLS1_0",
    });
    expect(made).toMatchObject({
      name: "madebyatest",
      minimumTlsVersion: "TLS1_0",
      enableHttpsTrafficOnly: true,
      networkRuleSet: { defaultAction: "Allow" },
      provisioningState: "Succeeded",
    });
    const changed = await storageAccounts.update(group, "madebyatest", {
      minimumTlsVersion: "TLS1_2",
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
    });
    expect(changed).toMatchObject({
      minimumTlsVersion: "TLS1_2",
      networkRuleSet: { defaultAction: "Deny" },
      creationTime: made.creationTime,
      sku: { name: "Standard_LRS" },
    });
    expect(await storageAccounts.getProperties(group, "madebyatest")).toEqual(changed);
    expect(await namesOf(storageAccounts.listByResourceGroup(group))).toContain("madebyatest");
    const { keys } = await storageAccounts.listKeys(group, "madebyatest");
    expect(keys?.map(({ keyName }) => keyName)).toEqual(["key1", "key2"]);
    await storageAccounts.delete(group, "madebyatest");
    expect(await namesOf(storageAccounts.list())).not.toContain("madebyatest");
    await expect(
      storageAccounts.create(group, "No-Good", {
        location: "x",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
      }),
    ).rejects.toMatchObject({ code: "AccountNameInvalid" });
  });

  it("have settings for blobs and files where the account has them", async () => {
    const { blobServices, fileServices } = clients.storage;
    const before = await blobServices.getServiceProperties(group, "mlexperiments0421");
    expect(before.isVersioningEnabled).toBeUndefined();
    await blobServices.setServiceProperties(group, "mlexperiments0421", {
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 7 },
    });
    expect(await blobServices.getServiceProperties(group, "mlexperiments0421")).toMatchObject({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 7 },
    });
    await clients.storage.storageAccounts.create(group, "sharesonly", {
      location: "westeurope",
      kind: "FileStorage",
      sku: { name: "Premium_LRS" },
    });
    expect(await fileServices.getServiceProperties(group, "sharesonly")).toMatchObject({
      shareDeleteRetentionPolicy: { enabled: true, days: 7 },
    });
    await expect(blobServices.getServiceProperties(group, "sharesonly")).rejects.toMatchObject({
      code: "FeatureNotSupportedForAccount",
    });
    await expect(blobServices.getServiceProperties(group, "nobodys")).rejects.toMatchObject({
      code: "ResourceNotFound",
      statusCode: 404,
    });
  });
});

describe("key vaults", () => {
  it("tell of a key's policy only where the key is asked for, and of secrets never the value", async () => {
    const { keys, secrets, vaults } = clients.keyvault;
    for await (const key of keys.list(group, "kv-acme-lake")) expect(key.kty).toBeUndefined();
    const key = await keys.createIfNotExist(group, "kv-acme-lake", "made", {
      properties: {
        kty: "EC",
        rotationPolicy: {
          lifetimeActions: [{ trigger: { timeAfterCreate: "P30D" }, action: { type: "rotate" } }],
        },
      },
    });
    expect(key).toMatchObject({ kty: "EC", attributes: { enabled: true } });
    expect((await keys.get(group, "kv-acme-lake", "made")).rotationPolicy).toEqual(key.rotationPolicy);
    const secret = await secrets.createOrUpdate(group, "kv-acme-lake", "token", {
      properties: { value: "s3cr3t" },
    });
    expect(JSON.stringify(secret)).not.toContain("s3cr3t");
    expect(await namesOf(secrets.list(group, "kv-acme-lake"))).toEqual(["warehouse-password", "token"]);

    const vault = await vaults.get(group, "kv-acme-lake");
    expect(vault.properties.enablePurgeProtection).toBe(true);
    await expect(
      vaults.update(group, "kv-acme-lake", { properties: { enablePurgeProtection: false } }),
    ).rejects.toMatchObject({ code: "BadRequest" });
    const updated = await vaults.update(group, "kv-acme-lake", {
      properties: { publicNetworkAccess: "Disabled" },
    });
    expect(updated.properties).toMatchObject({
      publicNetworkAccess: "Disabled",
      enableRbacAuthorization: true,
    });
  });
});
