import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "../model.ts";
import { open, rehearse } from "../test-journal.ts";
import { type AcmeSandbox, production, staging, startAcme } from "./test-acme.ts";

let acme: AcmeSandbox;
beforeAll(async () => {
  acme = await startAcme();
});
afterAll(() => acme.close());

const idOf = ({ id }: { id: string }, group: string, type: string, name: string) =>
  `/subscriptions/${id}/resourceGroups/${group}/providers/${type}/${name}`;
const workspace = idOf(
  production,
  "rg-audit-prod",
  "Microsoft.OperationalInsights/workspaces",
  "log-acme-security",
);
const storage = idOf(production, "rg-audit-prod", "Microsoft.Storage/storageAccounts", "acmeauditlogs");

const subscriptionTarget = ({ id }: { id: string }): Target => ({
  uid: `/subscriptions/${id}/providers/Microsoft.Insights`,
  kind: "azure.monitor.subscription",
  cloud: "azure",
  account: id,
  region: "global",
  name: id,
});

describe("the activity log", () => {
  const checks = ["azure.monitor.activity-log-export", "azure.monitor.activity-log-categories"];
  const rehearsal = {
    operation: "azure.monitor.export-activity-log",
    with: { destination: workspace },
  };

  it("is sent to a workspace, and no longer", async () => {
    const target = subscriptionTarget(staging);
    const { plan, after } = await rehearse({
      account: acme.writer(staging.id),
      target,
      ...rehearsal,
      checks,
    });
    expect([plan.before, after]).toEqual([
      { settings: [] },
      {
        settings: [
          {
            name: "parapet",
            properties: {
              workspaceId: workspace,
              logs: ["Administrative", "Alert", "Policy", "Security"].map((category) => ({
                category,
                enabled: true,
              })),
              metrics: [],
            },
          },
        ],
      },
    ]);
  }, 60_000);

  it("gets what no other setting sends, and the others stay as they are", async () => {
    const { tree } = acme.subscription(staging.id);
    const path = `/subscriptions/${staging.id}/providers/Microsoft.Insights/diagnosticSettings`;
    const setting = (name: string, categories: string[]) => ({
      id: `${path}/${name}`,
      name,
      type: "Microsoft.Insights/diagnosticSettings",
      properties: {
        storageAccountId: storage,
        logs: categories.map((category) => ({
          category,
          enabled: true,
          retentionPolicy: { enabled: true, days: 30 },
        })),
        metrics: [],
      },
    });
    tree.put(setting("half", ["Administrative", "Policy"]));
    // Somebody has a setting by the name that Parapet's has: it is brought back as well.
    tree.put(setting("parapet", ["ServiceHealth"]));
    const { plan, after } = await rehearse({
      account: acme.writer(staging.id),
      target: subscriptionTarget(staging),
      ...rehearsal,
      with: { destination: storage },
      checks: ["azure.monitor.activity-log-categories"],
    });
    expect(plan.calls).toHaveLength(1);
    expect(after).toMatchObject({
      settings: [
        { name: "half", properties: { logs: [{ category: "Administrative" }, { category: "Policy" }] } },
        {
          name: "parapet",
          properties: {
            storageAccountId: storage,
            logs: [
              { category: "Alert", enabled: true },
              { category: "Security", enabled: true },
            ],
          },
        },
      ],
    });
    for (const name of ["half", "parapet"]) tree.delete(`${path}/${name}`);
  }, 60_000);

  it("stays as it is where it is sent, and where nobody says where to", async () => {
    const plan = async (where: { id: string }, destination: string | null) => {
      const session = open({ account: acme.writer(where.id), target: subscriptionTarget(where) });
      const spec = { kind: "azure", ...rehearsal, with: { destination } };
      const planned = await session.handler.plan(spec, session.context());
      session.close();
      return planned;
    };
    expect(await plan(production, workspace)).toMatchObject({ outcome: "nothing" });
    expect(await plan(staging, null)).toEqual({
      outcome: "refused",
      reason: "The plan doesn't say where the logs are to go.",
    });
  });
});

it("sends a key vault's audit logs", async () => {
  const { plan } = await rehearse({
    account: acme.writer(production.id),
    target: acme.target(
      production.id,
      "azure.keyvault.vault",
      "Microsoft.KeyVault/vaults",
      "payouts-secrets",
    ),
    operation: "azure.monitor.log-vault",
    with: { destination: storage },
    checks: ["azure.monitor.vault-logging"],
  });
  expect(plan.commands).toEqual([
    expect.stringMatching(/^az rest --method put .*diagnosticSettings\/parapet.*"categoryGroup":"audit"/),
  ]);
}, 60_000);

it("sends a Databricks workspace's logs", async () => {
  const workspaces = acme.subscription(staging.id).tree.ofType("Microsoft.Databricks/workspaces");
  await rehearse({
    account: acme.writer(staging.id),
    target: acme.target(
      staging.id,
      "azure.databricks.workspace",
      "Microsoft.Databricks/workspaces",
      workspaces[0]?.name ?? "",
    ),
    operation: "azure.databricks.log-workspace",
    with: { destination: workspace },
    checks: ["azure.databricks.workspace-logging"],
  });
}, 60_000);

describe("auditing of a SQL server", () => {
  const server = () => ({
    account: acme.writer(production.id),
    target: acme.target(production.id, "azure.sql.server", "Microsoft.Sql/servers", "sql-acme-reports"),
  });

  it("is sent on by the settings of master", async () => {
    const { plan } = await rehearse({
      ...server(),
      operation: "azure.sql.log-audit",
      with: { destination: workspace },
    });
    expect(plan.calls).toMatchObject([
      { input: { resourceId: expect.stringMatching(/\/sql-acme-reports\/databases\/master$/) } },
    ]);
  }, 60_000);

  it("is switched on, and off again", async () => {
    const { plan, after } = await rehearse({
      ...server(),
      operation: "azure.sql.audit-server",
      checks: ["azure.sql.server-auditing", "azure.sql.server-auditing-retention"],
    });
    expect([plan.before, after]).toMatchObject([
      { enabled: false, monitor: false, groups: [], storage: null },
      { enabled: true, monitor: true, storage: null },
    ]);
  }, 60_000);
});

describe("flow logs", () => {
  const network = (where: { id: string }, name: string) => ({
    account: acme.writer(where.id),
    target: acme.target(where.id, "azure.network.virtual-network", "Microsoft.Network/virtualNetworks", name),
    operation: "azure.network.record-traffic",
    with: { storage, days: 120 },
  });

  it("are made for a network that has none", async () => {
    const { after } = await rehearse({
      ...network(staging, "vnet-databricks-staging"),
      checks: ["azure.network.virtual-network-flow-logs"],
    });
    expect(after).toMatchObject({
      logs: [
        {
          name: expect.stringMatching(/^vnet-databricks-staging-[0-9a-f]{8}-flow$/),
          log: { storageId: storage, enabled: true },
        },
      ],
    });
  }, 60_000);

  it("can't be made where there is no Network Watcher", async () => {
    const { with: values, operation, ...where } = network(production, "vnet-pilot-us");
    const { handler, context, close } = open(where);
    expect(await handler.plan({ kind: "azure", operation, with: values }, context())).toEqual({
      outcome: "refused",
      reason: "Network Watcher is off in eastus, and flow logs are its. Enable it there first.",
    });
    close();
  });

  it("are switched on where there is one that is off", async () => {
    const log = acme
      .subscription(staging.id)
      .tree.ofType("Microsoft.Network/networkWatchers/flowLogs")
      .find(({ name }) => name === "vnet-lake-staging-flow");
    if (log) log.properties.enabled = false;
    const { plan } = await rehearse({
      ...network(staging, "vnet-lake-staging"),
      with: { storage: null, days: 90 },
      checks: ["azure.network.virtual-network-flow-logs"],
    });
    expect(plan.calls).toMatchObject([
      { id: "put-vnet-lake-staging-flow", input: { log: { enabled: true } } },
    ]);
    if (log) log.properties.enabled = true;
  }, 60_000);

  it.each([
    ["nsg-shop-web-flow", production, "azure.network.flow-log-retention-security-group"],
    ["vnet-lake-staging-flow", staging, "azure.network.flow-log-retention-network"],
  ])(
    "are kept for longer: %s",
    async (name, where, check) => {
      const { after } = await rehearse({
        account: acme.writer(where.id),
        target: acme.target(
          where.id,
          "azure.network.flow-log",
          "Microsoft.Network/networkWatchers/flowLogs",
          name,
        ),
        operation: "azure.network.keep-traffic",
        with: { days: 90 },
        checks: [check],
      });
      expect(after).toMatchObject({ log: { enabled: true, retentionPolicy: { enabled: true, days: 90 } } });
    },
    60_000,
  );
});

describe("logs of databases", () => {
  it("are switched on for PostgreSQL, and left to Azure's defaults again", async () => {
    const { plan } = await rehearse({
      account: acme.writer(staging.id),
      target: acme.target(
        staging.id,
        "azure.postgresql.server",
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "psql-acme-features",
      ),
      operation: "azure.postgresql.log-sessions",
      checks: ["checkpoints", "connections", "disconnections", "retention"].map(
        (what) => `azure.postgresql.server-log-${what}`,
      ),
    });
    expect(plan.before).toMatchObject({
      parameters: { "logfiles.retention_days": { value: "3", source: "system-default" } },
    });
    expect(plan.after).toMatchObject({
      parameters: { "logfiles.retention_days": { value: "7", source: "user-override" } },
    });
  }, 60_000);

  it("are switched on for MySQL", async () => {
    const server = acme
      .subscription(production.id)
      .tree.ofType("Microsoft.DBforMySQL/flexibleServers")
      .find(({ name }) => name === "mysql-acme-campaigns");
    const parameter = `${server?.id}/configurations/audit_log_events`;
    acme.subscription(production.id).tree.put({
      id: parameter,
      name: "audit_log_events",
      type: "Microsoft.DBforMySQL/flexibleServers/configurations",
      properties: { value: "DDL,DML", source: "user-override", isReadOnly: "False" },
    });
    const { after } = await rehearse({
      account: acme.writer(production.id),
      target: acme.target(
        production.id,
        "azure.mysql.server",
        "Microsoft.DBforMySQL/flexibleServers",
        "mysql-acme-campaigns",
      ),
      operation: "azure.mysql.audit-connections",
      checks: ["azure.mysql.server-audit-log", "azure.mysql.server-audit-log-connections"],
    });
    expect(after).toEqual({
      parameters: {
        audit_log_enabled: { value: "ON", source: "user-override" },
        audit_log_events: { value: "DDL,DML,CONNECTION", source: "user-override" },
      },
    });
  }, 60_000);
});
