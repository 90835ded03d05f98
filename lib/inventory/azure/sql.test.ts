import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { sqlDatabases, sqlServers } from "./sql.ts";
import { type Answers, collect, idOf, refusal, subscription } from "./test-answers.ts";

const list = `GET /subscriptions/${subscription}/providers/Microsoft.Sql/servers`;
const serverId = (name: string) => idOf(`Microsoft.Sql/servers/${name}`);
const server = (name: string, properties: object = {}) => ({
  id: serverId(name),
  name,
  type: "Microsoft.Sql/servers",
  location: "japaneast",
  kind: "v12.0",
  properties: {
    fullyQualifiedDomainName: `${name}.database.windows.net`,
    administratorLogin: "dummylogin",
    version: "12.0",
    state: "Ready",
    publicNetworkAccess: "Enabled",
    restrictOutboundNetworkAccess: "Disabled",
    privateEndpointConnections: [],
    ...properties,
  },
});
const auditing = (name: string, properties: object) => ({
  [`GET ${serverId(name)}/auditingSettings/default`]: {
    id: `${serverId(name)}/auditingSettings/Default`,
    name: "Default",
    type: "Microsoft.Sql/servers/auditingSettings",
    properties,
  },
});
const rules = (name: string, ...list: [string, string, string][]) => ({
  [`GET ${serverId(name)}/firewallRules`]: {
    value: list.map(([rule, startIpAddress, endIpAddress]) => ({
      id: `${serverId(name)}/firewallRules/${rule}`,
      name: rule,
      type: "Microsoft.Sql/servers/firewallRules",
      properties: { startIpAddress, endIpAddress },
    })),
  },
});
const common = { kind: "azure.sql.server", account: subscription, region: "japaneast", tags: {}, unread: [] };

it("reads servers with auditing and firewall", async () => {
  const expands: (string | null)[] = [];
  const answers: Answers = {
    [list]: ({ query }) => {
      expands.push(query.get("$expand"));
      return {
        value: [
          server("a", {
            minimalTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            keyId: "https://kv.vault.azure.net/keys/k/1",
            administrators: {
              administratorType: "ActiveDirectory",
              principalType: "User",
              login: "bob@contoso.com",
              sid: "00000011-1111-2222-2222-123456789111",
              tenantId: "00000011-1111-2222-2222-123456789111",
              azureADOnlyAuthentication: true,
            },
          }),
          server("b", { publicNetworkAccess: undefined }),
        ],
      };
    },
    ...auditing("a", {
      state: "Enabled",
      storageEndpoint: "https://mystorage.blob.core.windows.net",
      retentionDays: 6,
      storageAccountSubscriptionId: subscription,
      isStorageSecondaryKeyInUse: false,
      auditActionsAndGroups: ["BATCH_COMPLETED_GROUP"],
      isAzureMonitorTargetEnabled: false,
    }),
    ...auditing("b", {
      state: "Disabled",
      storageEndpoint: "",
      retentionDays: 0,
      isAzureMonitorTargetEnabled: true,
    }),
    ...rules("a"),
    ...rules("b", ["firewallrule1", "0.0.0.3", "0.0.0.3"], ["AllowAllWindowsAzureIps", "0.0.0.0", "0.0.0.0"]),
  };
  const found = await collect(sqlServers, answers);
  expect(expands).toEqual(["administrators/activedirectory"]);
  expect(found.resources).toEqual([
    {
      ...common,
      uid: serverId("a"),
      name: "a",
      config: {
        state: "Ready",
        publicNetworkAccess: "Disabled",
        minimalTlsVersion: "1.2",
        entraAdmin: { login: "bob@contoso.com", only: true },
        auditing: {
          enabled: true,
          storage: "https://mystorage.blob.core.windows.net",
          monitor: false,
          retentionDays: 6,
        },
        firewallRules: [],
        keyUri: "https://kv.vault.azure.net/keys/k/1",
      },
    },
    {
      ...common,
      uid: serverId("b"),
      name: "b",
      config: {
        state: "Ready",
        minimalTlsVersion: null,
        entraAdmin: null,
        auditing: { enabled: false, storage: null, monitor: true, retentionDays: 0 },
        firewallRules: [
          { name: "firewallrule1", start: "0.0.0.3", end: "0.0.0.3" },
          { name: "AllowAllWindowsAzureIps", start: "0.0.0.0", end: "0.0.0.0" },
        ],
        keyUri: null,
      },
      unread: ["publicNetworkAccess"],
    },
  ]);
  expect(found.gaps).toMatchObject([{ resourceUid: serverId("b"), code: "malformed" }]);
});

it("leaves unread what is refused, and leaves out a server that is gone", async () => {
  const found = await collect(sqlServers, {
    [list]: { value: [server("a"), server("gone")] },
    [`GET ${serverId("a")}/auditingSettings/default`]: refusal(403, "AuthorizationFailed"),
    [`GET ${serverId("a")}/firewallRules`]: {
      value: [{ name: "odd", properties: { startIpAddress: "1.1.1.1" } }],
    },
    ...rules("gone"),
  });
  expect(found.resources).toMatchObject([{ uid: serverId("a"), unread: ["auditing", "firewallRules"] }]);
  expect(found.resources).toHaveLength(1);
  expect(found.gaps.map(({ operation, code }) => [operation, code]).sort()).toEqual([
    ["Microsoft.Sql/servers/auditingSettings/read", "denied"],
    ["Microsoft.Sql/servers/firewallRules/read", "malformed"],
  ]);
});

it("reads the databases of each server, and their encryption", async () => {
  const database = (of: string, name: string) => ({
    id: `${serverId(of)}/databases/${name}`,
    name,
    type: "Microsoft.Sql/servers/databases",
    location: "Japan East",
    kind: "v12.0,user",
    sku: { name: "BC_Gen4_2", tier: "BusinessCritical", capacity: 2 },
    properties: {
      status: "Online",
      collation: "SQL_Latin1_General_CP1_CI_AS",
      creationDate: "2017-02-10T01:37:25.537Z",
    },
  });
  const encryption = (of: string, name: string, state: string) => ({
    [`GET ${serverId(of)}/databases/${name}/transparentDataEncryption/current`]: {
      id: `${serverId(of)}/databases/${name}/transparentDataEncryption/current`,
      name: "current",
      type: "Microsoft.Sql/servers/databases/transparentDataEncryption",
      properties: { state },
    },
  });
  const answers: Answers = {
    [list]: { value: [server("a"), server("refused"), server("b")] },
    [`GET ${serverId("a")}/databases`]: {
      value: ["master", "one", "two"].map((name) => database("a", name)),
    },
    [`GET ${serverId("refused")}/databases`]: refusal(403, "AuthorizationFailed"),
    [`GET ${serverId("b")}/databases`]: { value: [database("b", "three"), database("b", "four")] },
    ...encryption("a", "one", "Enabled"),
    ...encryption("a", "two", "Disabled"),
    ...encryption("b", "four", "Sideways"),
    [`GET ${serverId("b")}/databases/three/transparentDataEncryption/current`]: refusal(
      403,
      "AuthorizationFailed",
    ),
  };
  const found = await collect(sqlDatabases, answers);
  const read = (of: string, name: string, config: object, unread: string[] = []) => ({
    ...common,
    uid: `${serverId(of)}/databases/${name}`,
    kind: "azure.sql.database",
    name,
    config: { serverId: serverId(of), status: "Online", sku: "BC_Gen4_2", ...config },
    unread,
  });
  expect(found.resources).toEqual([
    read("a", "one", { encrypted: true }),
    read("a", "two", { encrypted: false }),
    read("b", "four", {}, ["encrypted"]),
    read("b", "three", {}, ["encrypted"]),
  ]);
  expect(found.gaps.map(({ code }) => code).sort()).toEqual(["denied", "malformed"]);
  expect(found.thrown).toBeInstanceOf(ListFailed);
  expect(found.thrown).toMatchObject({ operation: "Microsoft.Sql/servers/databases/read" });
});
