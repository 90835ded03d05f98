import { describe, expect, it } from "vitest";
import { classifyAzureError } from "#lib/clouds/azure/errors.ts";
import { ListFailed } from "../answers.ts";
import { keyVaults } from "./keyvault.ts";
import { vaultKeys, vaultSecrets } from "./keyvault-contents.ts";
import { collect, idOf, paged, refusal, subscription } from "./test-answers.ts";

const list = `GET /subscriptions/${subscription}/providers/Microsoft.KeyVault/vaults`;
const vaultId = idOf("Microsoft.KeyVault/vaults/sample-vault");
const otherId = idOf("Microsoft.KeyVault/vaults/other-vault");
const uri = "https://sample-vault.vault.azure.net";

/** After the example of the reference. */
const vault = {
  id: vaultId,
  name: "sample-vault",
  type: "Microsoft.KeyVault/vaults",
  location: "westus",
  tags: { team: "shop" },
  properties: {
    sku: { family: "A", name: "premium" },
    tenantId: "00000000-0000-0000-0000-000000000000",
    accessPolicies: [
      {
        tenantId: "00000000-0000-0000-0000-000000000000",
        objectId: "00000000-0000-0000-0000-000000000000",
        permissions: { certificates: ["get"], keys: ["get"], secrets: ["get"] },
      },
    ],
    networkAcls: {
      bypass: "AzureServices",
      defaultAction: "Deny",
      ipRules: [{ value: "124.56.78.91/32" }],
      virtualNetworkRules: [{ id: idOf("Microsoft.Network/virtualNetworks/v/subnets/s") }],
    },
    enabledForDeployment: true,
    enablePurgeProtection: true,
    enableSoftDelete: true,
    enableRbacAuthorization: true,
    softDeleteRetentionInDays: 30,
    publicNetworkAccess: "Enabled",
    vaultUri: `${uri}/`,
    privateEndpointConnections: [
      {
        id: "x",
        properties: { privateLinkServiceConnectionState: { status: "Approved", actionsRequired: "None" } },
      },
    ],
    provisioningState: "Succeeded",
  },
};
/** One from long ago, that most settings were never made of. */
const plain = {
  id: otherId,
  name: "other-vault",
  type: "Microsoft.KeyVault/vaults",
  location: "westus",
  tags: {},
  properties: {
    sku: { family: "A", name: "standard" },
    tenantId: "00000000-0000-0000-0000-000000000000",
    accessPolicies: [],
    vaultUri: "https://other-vault.vault.azure.net/",
  },
};

describe("key vaults", () => {
  it("reads vaults as the reference shows them, page by page", async () => {
    const { resources, gaps, thrown } = await collect(keyVaults, { [list]: paged([vault], [plain]) });
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
    const common = { kind: "azure.keyvault.vault", account: subscription, region: "westus", unread: [] };
    expect(resources).toEqual([
      {
        ...common,
        uid: otherId,
        name: "other-vault",
        tags: {},
        config: {
          sku: "standard",
          softDeleteDays: null,
          purgeProtection: null,
          rbac: null,
          publicNetworkAccess: null,
          networkRules: null,
          privateEndpoints: [],
        },
      },
      {
        ...common,
        uid: vaultId,
        name: "sample-vault",
        tags: { team: "shop" },
        config: {
          sku: "premium",
          softDeleteDays: 30,
          purgeProtection: true,
          rbac: true,
          publicNetworkAccess: "Enabled",
          networkRules: {
            defaultAction: "Deny",
            bypass: ["AzureServices"],
            ipRanges: ["124.56.78.91/32"],
            subnetIds: [idOf("Microsoft.Network/virtualNetworks/v/subnets/s")],
          },
          privateEndpoints: ["Approved"],
        },
      },
    ]);
  });

  it("doesn't take a vault without properties for one with nothing set", async () => {
    const { properties: _none, ...bare } = vault;
    const { resources, thrown } = await collect(keyVaults, { [list]: { value: [bare] } });
    expect(resources).toEqual([]);
    expect(thrown).toBeInstanceOf(ListFailed);
    expect(thrown).toMatchObject({ operation: "Microsoft.KeyVault/vaults/read" });
    expect(classifyAzureError(thrown instanceof ListFailed && thrown.cause)).toMatchObject({
      code: "malformed",
    });
  });
});

const keyId = `${vaultId}/keys/sample-key`;
const attributes = { enabled: true, created: 1596493796, updated: 1596493796, recoveryLevel: "Purgeable" };
const listedKey = {
  id: keyId,
  name: "sample-key",
  type: "Microsoft.KeyVault/vaults/keys",
  location: "westus",
  properties: { attributes: { ...attributes, exp: 1796493796 }, keyUri: `${uri}:443/keys/sample-key` },
};
const wholeKey = {
  ...listedKey,
  properties: {
    ...listedKey.properties,
    kty: "RSA",
    keyOps: ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
    keySize: 2048,
    keyUriWithVersion: `${uri}:443/keys/sample-key/fd618d9519b74f9aae94ade66b876acc`,
    rotationPolicy: {
      attributes: { expiryTime: "P1Y" },
      lifetimeActions: [
        { trigger: { timeAfterCreate: "P90D" }, action: { type: "rotate" } },
        { trigger: { timeBeforeExpiry: "P30D" }, action: { type: "notify" } },
      ],
    },
  },
};
const expectedKey = {
  uid: keyId,
  kind: "azure.keyvault.key",
  account: subscription,
  region: "westus",
  name: "sample-key",
  tags: {},
  config: {
    vaultId,
    enabled: true,
    createdAt: "2020-08-03T22:29:56.000Z",
    expiresAt: "2026-12-05T18:03:16.000Z",
    keyType: "RSA",
    rotation: { rotates: true, notifies: true, expiresAfter: "P1Y" },
  },
  unread: [],
};

describe("keys", () => {
  it("reads the keys of every vault, each with its rotation policy", async () => {
    const { rotationPolicy: _none, ...unrotated } = wholeKey.properties;
    const oldId = `${otherId}/keys/old`;
    const old = { ...listedKey, id: oldId, name: "old", properties: { attributes, keyUri: "x" } };
    const { resources, gaps, thrown } = await collect(vaultKeys, {
      [list]: { value: [vault, plain] },
      [`GET ${vaultId}/keys`]: { value: [listedKey] },
      [`GET ${keyId}`]: wholeKey,
      [`GET ${otherId}/keys`]: paged([], [old]),
      [`GET ${oldId}`]: { ...old, properties: { ...unrotated, attributes } },
    });
    expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
    expect(resources).toEqual([
      {
        ...expectedKey,
        uid: oldId,
        name: "old",
        config: { ...expectedKey.config, vaultId: otherId, expiresAt: null, rotation: null },
      },
      expectedKey,
    ]);
  });

  it("keeps what the list told of a key whose policy can't be read", async () => {
    const { resources, gaps } = await collect(vaultKeys, {
      [list]: { value: [vault] },
      [`GET ${vaultId}/keys`]: { value: [listedKey] },
      [`GET ${keyId}`]: refusal(403, "AuthorizationFailed"),
    });
    const { keyType: _type, rotation: _rotation, ...rest } = expectedKey.config;
    expect(resources).toEqual([{ ...expectedKey, config: rest, unread: ["keyType", "rotation"] }]);
    expect(gaps).toMatchObject([{ resourceUid: keyId, code: "denied" }]);
  });

  it("reads the other vaults when one refuses, and is then incomplete", async () => {
    const { resources, thrown } = await collect(vaultKeys, {
      [list]: { value: [plain, vault] },
      [`GET ${otherId}/keys`]: refusal(403, "AuthorizationFailed"),
      [`GET ${vaultId}/keys`]: { value: [listedKey] },
      [`GET ${keyId}`]: wholeKey,
    });
    expect(resources).toEqual([expectedKey]);
    expect(thrown).toMatchObject({ name: "ListFailed", operation: "Microsoft.KeyVault/vaults/keys/read" });
  });

  it("leaves out a vault and a key deleted since they were listed", async () => {
    const { resources, gaps, thrown } = await collect(vaultKeys, {
      [list]: { value: [plain, vault] },
      [`GET ${vaultId}/keys`]: { value: [listedKey] },
    });
    expect({ resources, gaps, thrown }).toEqual({ resources: [], gaps: [], thrown: null });
  });
});

describe("secrets", () => {
  it("reads what is written on secrets", async () => {
    const secret = (name: string, properties: object) => ({
      id: `${vaultId}/secrets/${name}`,
      name,
      type: "Microsoft.KeyVault/vaults/secrets",
      location: "westus",
      properties,
    });
    const { resources, gaps, thrown, requests } = await collect(vaultSecrets, {
      [list]: { value: [vault] },
      [`GET ${vaultId}/secrets`]: {
        value: [
          secret("certificate", {
            attributes: { enabled: true, nbf: 1764547200, exp: 1796083200, created: 1764547200 },
            contentType: "application/x-pkcs12",
            secretUri: `${uri}/secrets/certificate`,
          }),
          secret("password", { attributes: { enabled: false, created: 1404857068 }, secretUri: "x" }),
          secret("strange", { secretUri: "x" }),
        ],
      },
    });
    expect(thrown).toBeNull();
    expect(requests).toEqual([list, `GET ${vaultId}/secrets`]);
    expect(resources.map(({ name, config, unread }) => ({ name, config, unread }))).toEqual([
      {
        name: "certificate",
        config: {
          vaultId,
          enabled: true,
          contentType: "application/x-pkcs12",
          createdAt: "2025-12-01T00:00:00.000Z",
          notBefore: "2025-12-01T00:00:00.000Z",
          expiresAt: "2026-12-01T00:00:00.000Z",
        },
        unread: [],
      },
      {
        name: "password",
        config: {
          vaultId,
          enabled: false,
          contentType: null,
          createdAt: "2014-07-08T22:04:28.000Z",
          notBefore: null,
          expiresAt: null,
        },
        unread: [],
      },
      {
        name: "strange",
        config: { vaultId, contentType: null, createdAt: null },
        unread: ["enabled", "notBefore", "expiresAt"],
      },
    ]);
    expect(gaps).toMatchObject([{ resourceUid: `${vaultId}/secrets/strange`, code: "malformed" }]);
  });
});
