import { describe, expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { storageAccounts } from "./storage.ts";
import { collect, idOf, paged, RawAnswer, refusal, subscription } from "./test-answers.ts";

const list = `GET /subscriptions/${subscription}/providers/Microsoft.Storage/storageAccounts`;
const id = idOf("Microsoft.Storage/storageAccounts/sto8596");
const blobsOf = (account: string) => `GET ${account}/blobServices/default`;
const filesOf = (account: string) => `GET ${account}/fileServices/default`;

/** After the example of the reference: an account from 2017 that most settings were never made of. */
const example = {
  id,
  kind: "Storage",
  location: "eastus2(stage)",
  name: "sto8596",
  properties: {
    keyCreationTime: { key1: "2021-03-18T04:42:22.4322836Z", key2: "2021-03-18T04:42:22.4322836Z" },
    isHnsEnabled: true,
    creationTime: "2017-06-01T02:42:41.7633306Z",
    networkAcls: {
      bypass: "AzureServices",
      defaultAction: "Allow",
      ipRules: [],
      virtualNetworkRules: [],
      resourceAccessRules: [
        { tenantId: "72f988bf-86f1-41af-91ab-2d7cd011db47", resourceId: "/subscriptions/a" },
      ],
    },
    primaryEndpoints: {
      web: "https://sto8596.web.core.windows.net/",
      blob: "https://sto8596.blob.core.windows.net/",
      file: "https://sto8596.file.core.windows.net/",
      microsoftEndpoints: { blob: "https://sto8596-microsoftrouting.blob.core.windows.net/" },
    },
    primaryLocation: "eastus2(stage)",
    provisioningState: "Succeeded",
    statusOfPrimary: "available",
    supportsHttpsTrafficOnly: false,
  },
  sku: { name: "Standard_GRS", tier: "Standard" },
  tags: { key1: "value1", key2: "value2" },
  type: "Microsoft.Storage/storageAccounts",
};
const blobs = {
  id: `${id}/blobServices/default`,
  name: "default",
  type: "Microsoft.Storage/storageAccounts/blobServices",
  properties: {
    cors: { corsRules: [] },
    defaultServiceVersion: "2017-07-29",
    deleteRetentionPolicy: { enabled: true, days: 300 },
    isVersioningEnabled: true,
    changeFeed: { enabled: true, retentionInDays: 7 },
  },
  sku: { name: "Standard_GRS", tier: "Standard" },
};
const files = {
  id: `${id}/fileServices/default`,
  name: "default",
  type: "Microsoft.Storage/storageAccounts/fileServices",
  properties: {
    protocolSettings: {
      smb: {
        versions: "SMB2.1;SMB3.0;SMB3.1.1",
        authenticationMethods: "NTLMv2;Kerberos",
        kerberosTicketEncryption: "RC4-HMAC;AES-256",
        channelEncryption: "AES-128-CCM;AES-128-GCM;AES-256-GCM",
      },
    },
  },
  sku: { name: "Premium_LRS", tier: "Premium" },
};
const expected = {
  uid: id,
  kind: "azure.storage.account",
  account: subscription,
  region: "eastus2(stage)",
  name: "sto8596",
  tags: { key1: "value1", key2: "value2" },
  config: {
    accountKind: "Storage",
    sku: "Standard_GRS",
    createdAt: "2017-06-01T02:42:41.763Z",
    httpsOnly: false,
    minTlsVersion: null,
    blobPublicAccess: null,
    publicNetworkAccess: null,
    networkRules: { defaultAction: "Allow", bypass: ["AzureServices"], ipRanges: [], subnetIds: [] },
    privateEndpoints: [],
    sharedKeyAccess: null,
    crossTenantReplication: null,
    defaultToEntra: null,
    keyReminderDays: null,
    keysCreatedAt: { key1: "2021-03-18T04:42:22.432Z", key2: "2021-03-18T04:42:22.432Z" },
    isHierarchical: true,
    blobs: { softDelete: { days: 300 }, containerSoftDelete: null, versioning: true },
    files: {
      softDelete: null,
      smb: {
        versions: ["SMB2.1", "SMB3.0", "SMB3.1.1"],
        channelEncryption: ["AES-128-CCM", "AES-128-GCM", "AES-256-GCM"],
      },
    },
  },
  unread: [],
};

describe("storage accounts", () => {
  it("reads an account as the reference shows it", async () => {
    const { resources, gaps, thrown } = await collect(storageAccounts, {
      [list]: { value: [example] },
      [blobsOf(id)]: blobs,
      [filesOf(id)]: files,
    });
    expect({ resources, gaps, thrown }).toEqual({ resources: [expected], gaps: [], thrown: null });
  });

  it("reads every setting that can be made, and asks for no service that the account doesn't have", async () => {
    const account = {
      ...example,
      name: "shares",
      id: idOf("Microsoft.Storage/storageAccounts/shares"),
      kind: "FileStorage",
      properties: {
        ...example.properties,
        isHnsEnabled: undefined,
        primaryEndpoints: { file: "https://shares.file.core.windows.net/" },
        supportsHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        allowCrossTenantReplication: false,
        defaultToOAuthAuthentication: true,
        publicNetworkAccess: "Disabled",
        keyPolicy: { keyExpirationPeriodInDays: 90 },
        keyCreationTime: { key1: null, key2: "2026-01-02T03:04:05Z" },
        networkAcls: {
          bypass: "Logging, Metrics",
          defaultAction: "Deny",
          ipRules: [{ value: "198.51.100.0/24", action: "Allow" }],
          ipv6Rules: [{ value: "2001:db8::/32", action: "Allow" }],
          virtualNetworkRules: [
            { id: idOf("Microsoft.Network/virtualNetworks/v/subnets/s"), action: "Allow" },
          ],
        },
        privateEndpointConnections: [
          { id: "x", properties: { privateLinkServiceConnectionState: { status: "Approved" } } },
        ],
      },
    };
    const { resources, gaps, requests } = await collect(storageAccounts, {
      [list]: { value: [account] },
      [filesOf(account.id)]: {
        ...files,
        properties: {
          shareDeleteRetentionPolicy: { enabled: true, days: 14 },
          protocolSettings: { smb: { versions: "SMB3.1.1;", channelEncryption: "AES-256-GCM;" } },
        },
      },
    });
    expect(gaps).toEqual([]);
    expect(requests).toEqual([list, filesOf(account.id)]);
    expect(resources[0]?.config).toEqual({
      accountKind: "FileStorage",
      sku: "Standard_GRS",
      createdAt: "2017-06-01T02:42:41.763Z",
      httpsOnly: true,
      minTlsVersion: "TLS1_2",
      blobPublicAccess: false,
      publicNetworkAccess: "Disabled",
      networkRules: {
        defaultAction: "Deny",
        bypass: ["Logging", "Metrics"],
        ipRanges: ["198.51.100.0/24", "2001:db8::/32"],
        subnetIds: [idOf("Microsoft.Network/virtualNetworks/v/subnets/s")],
      },
      privateEndpoints: ["Approved"],
      sharedKeyAccess: false,
      crossTenantReplication: false,
      defaultToEntra: true,
      keyReminderDays: 90,
      keysCreatedAt: { key1: null, key2: "2026-01-02T03:04:05.000Z" },
      isHierarchical: false,
      blobs: null,
      files: {
        softDelete: { days: 14 },
        smb: { versions: ["SMB3.1.1"], channelEncryption: ["AES-256-GCM"] },
      },
    });
  });

  it("follows the pages, and leaves out an account that is gone", async () => {
    const other = { ...example, name: "other", id: idOf("Microsoft.Storage/storageAccounts/other") };
    const { resources, gaps } = await collect(storageAccounts, {
      [list]: paged([example], [other]),
      [blobsOf(id)]: blobs,
      [filesOf(id)]: files,
    });
    expect({ names: resources.map(({ name }) => name), gaps }).toEqual({ names: ["sto8596"], gaps: [] });
  });

  it("takes what is refused for unread", async () => {
    const { resources, gaps } = await collect(storageAccounts, {
      [list]: { value: [example] },
      [blobsOf(id)]: refusal(403, "AuthorizationFailed"),
      [filesOf(id)]: files,
    });
    const { blobs: _unread, ...rest } = expected.config;
    expect(resources).toEqual([{ ...expected, config: rest, unread: ["blobs"] }]);
    expect(gaps).toEqual([
      {
        resourceUid: id,
        operation: "Microsoft.Storage/storageAccounts/blobServices/read",
        code: "denied",
        message: "AuthorizationFailed: Said by a test.",
      },
    ]);
  });

  it("takes an answer without properties for unread, not for settings never made", async () => {
    const { properties: _none, ...bare } = example;
    const { resources, gaps } = await collect(storageAccounts, { [list]: { value: [bare] } });
    expect(resources[0]?.config).toEqual({
      accountKind: "Storage",
      sku: "Standard_GRS",
      createdAt: null,
      isHierarchical: false,
    });
    expect(gaps.map(({ code, operation }) => `${code} ${operation.split("/").at(-2)}`).sort()).toEqual([
      "malformed blobServices",
      "malformed fileServices",
      "malformed storageAccounts",
    ]);
  });

  it("has nothing where the subscription never used storage", async () => {
    const { resources, gaps, thrown } = await collect(storageAccounts, {
      [list]: refusal(409, "MissingSubscriptionRegistration"),
    });
    expect({ resources, gaps, thrown }).toEqual({ resources: [], gaps: [], thrown: null });
  });

  it.each([
    ["a refusal", refusal(403, "AuthorizationFailed")],
    ["an answer without a list", {}],
    ["an error in a list's place", new RawAnswer(200, '{"error":{"code":"x"}}')],
  ])("fails as a whole on %s", async (_, answer) => {
    const { resources, thrown } = await collect(storageAccounts, { [list]: answer });
    expect(resources).toEqual([]);
    expect(thrown).toBeInstanceOf(ListFailed);
    expect(thrown).toMatchObject({ operation: "Microsoft.Storage/storageAccounts/read" });
  });
});
