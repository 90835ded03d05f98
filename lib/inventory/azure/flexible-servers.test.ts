import { expect, it } from "vitest";
import { mysqlServers } from "./mysql.ts";
import { postgresqlServers } from "./postgresql.ts";
import { collect, idOf, refusal, subscription } from "./test-answers.ts";

const list = (namespace: string) =>
  `GET /subscriptions/${subscription}/providers/${namespace}/flexibleServers`;
const id = (namespace: string, name: string) => idOf(`${namespace}/flexibleServers/${name}`);
const server = (namespace: string, name: string, properties: object) => ({
  id: id(namespace, name),
  name,
  type: `${namespace}/flexibleServers`,
  location: "East US",
  sku: { name: "Standard_D4s_v3", tier: "GeneralPurpose" },
  properties: {
    fullyQualifiedDomainName: `${name}.database.azure.com`,
    state: "Ready",
    administratorLogin: "login",
    storage: { storageSizeGB: 512 },
    ...properties,
  },
  tags: { ElasticServer: "1" },
});
const parameter = (name: string, value: string) => ({
  name,
  type: "configurations",
  properties: {
    value,
    defaultValue: value,
    dataType: "Enumeration",
    allowedValues: "on,off",
    source: "user-override",
  },
});
const firewallRule = (name: string, startIpAddress: string, endIpAddress: string) => ({
  name,
  type: "firewallRules",
  properties: { startIpAddress, endIpAddress },
});
const common = { account: subscription, region: "eastus", tags: { ElasticServer: "1" }, unread: [] };

it("reads PostgreSQL servers with those parameters that matter", async () => {
  const namespace = "Microsoft.DBforPostgreSQL";
  const found = await collect(postgresqlServers, {
    [list(namespace)]: {
      value: [
        server(namespace, "pg1", {
          version: "16",
          network: { publicNetworkAccess: "Enabled" },
          authConfig: { activeDirectoryAuth: "Disabled", passwordAuth: "Enabled" },
        }),
        server(namespace, "pg2", { version: "12", network: {} }),
      ],
    },
    [`GET ${id(namespace, "pg1")}/firewallRules`]: {
      value: [firewallRule("rule1", "0.0.0.0", "255.255.255.255")],
    },
    [`GET ${id(namespace, "pg1")}/configurations`]: {
      value: [
        parameter("work_mem", "4096"),
        parameter("require_secure_transport", "off"),
        parameter("logfiles.retention_days", "3"),
        parameter("__proto__", "on"),
      ],
    },
    [`GET ${id(namespace, "pg2")}/firewallRules`]: { value: [] },
    [`GET ${id(namespace, "pg2")}/configurations`]: refusal(403, "AuthorizationFailed"),
  });
  expect(found.resources).toEqual([
    {
      ...common,
      uid: id(namespace, "pg1"),
      kind: "azure.postgresql.server",
      name: "pg1",
      config: {
        version: "16",
        state: "Ready",
        publicNetworkAccess: "Enabled",
        authentication: { entra: false, password: true },
        firewallRules: [{ name: "rule1", start: "0.0.0.0", end: "255.255.255.255" }],
        parameters: { "logfiles.retention_days": "3", require_secure_transport: "off" },
      },
    },
    {
      ...common,
      uid: id(namespace, "pg2"),
      kind: "azure.postgresql.server",
      name: "pg2",
      config: { version: "12", state: "Ready", firewallRules: [] },
      unread: ["publicNetworkAccess", "parameters", "authentication"],
    },
  ]);
  expect(found.gaps.map(({ operation, code }) => [operation, code]).sort()).toEqual([
    [`${namespace}/flexibleServers/configurations/read`, "denied"],
    [`${namespace}/flexibleServers/read`, "malformed"],
    [`${namespace}/flexibleServers/read`, "malformed"],
  ]);
});

it("reads MySQL servers, and leaves out one that is gone", async () => {
  const namespace = "Microsoft.DBforMySQL";
  const found = await collect(mysqlServers, {
    [list(namespace)]: {
      value: [
        server(namespace, "my1", { version: "8.0.21", network: { publicNetworkAccess: "Disabled" } }),
        server(namespace, "gone", { version: "8.0.21", network: { publicNetworkAccess: "Disabled" } }),
      ],
    },
    [`GET ${id(namespace, "my1")}/firewallRules`]: { value: [] },
    [`GET ${id(namespace, "my1")}/configurations`]: {
      value: [
        parameter("audit_log_enabled", "OFF"),
        parameter("tls_version", "TLSv1.2"),
        parameter("max_connections", "5"),
      ],
    },
  });
  expect(found).toMatchObject({ gaps: [], thrown: null });
  expect(found.resources).toEqual([
    {
      ...common,
      uid: id(namespace, "my1"),
      kind: "azure.mysql.server",
      name: "my1",
      config: {
        version: "8.0.21",
        state: "Ready",
        publicNetworkAccess: "Disabled",
        firewallRules: [],
        parameters: { audit_log_enabled: "OFF", tls_version: "TLSv1.2" },
      },
    },
  ]);
});
