import { describe, expect, it } from "vitest";
import { activityLogAlerts } from "./monitor-alerts.ts";
import { applicationInsights } from "./monitor-application-insights.ts";
import { monitorSubscription } from "./monitor-subscription.ts";
import { vaultLogging } from "./monitor-vault-logging.ts";
import { collect, idOf, paged, RawAnswer, refusal, subscription } from "./test-answers.ts";

const scope = `/subscriptions/${subscription}`;
const workspace = idOf("Microsoft.OperationalInsights/workspaces/logs");
const storage = idOf("Microsoft.Storage/storageAccounts/apptest");
const hub = idOf("Microsoft.EventHub/namespaces/hub/authorizationrules/RootManageSharedAccessKey");
const retentionPolicy = { enabled: false, days: 0 };

describe("where the activity log goes", () => {
  const path = `GET ${scope}/providers/Microsoft.Insights/diagnosticSettings`;
  const common = {
    uid: `${scope}/providers/Microsoft.Insights`,
    kind: "azure.monitor.subscription",
    account: subscription,
    region: "global",
    name: subscription,
    tags: {},
  };

  it("is read with every destination, category and group", async () => {
    const read = await collect(monitorSubscription, {
      [path]: {
        value: [
          {
            id: `${scope}/providers/microsoft.insights/diagnosticSettings/mysetting`,
            type: "Microsoft.Insights/diagnosticSettings",
            name: "mysetting",
            properties: {
              storageAccountId: storage,
              eventHubAuthorizationRuleId: hub,
              workspaceId: "",
              metrics: [{ category: "WorkflowMetrics", enabled: true, retentionPolicy }],
              logs: [
                { category: "Administrative", enabled: true, retentionPolicy },
                { category: "Security", enabled: false, retentionPolicy },
              ],
            },
          },
          {
            name: "all",
            properties: {
              workspaceId: workspace,
              logs: [{ categoryGroup: "allLogs", enabled: true, retentionPolicy }],
            },
          },
          { name: "metrics", properties: { workspaceId: workspace, logs: null } },
        ],
      },
    });
    expect(read).toMatchObject({ gaps: [], thrown: null });
    const activityLogSettings = [
      {
        name: "mysetting",
        destinations: [storage, hub],
        logs: [
          { category: "Administrative", group: null, enabled: true },
          { category: "Security", group: null, enabled: false },
        ],
      },
      {
        name: "all",
        destinations: [workspace],
        logs: [{ category: null, group: "allLogs", enabled: true }],
      },
      { name: "metrics", destinations: [workspace], logs: [] },
    ];
    expect(read.resources).toEqual([{ ...common, config: { activityLogSettings }, unread: [] }]);
  });

  it("is nowhere when there is no setting", async () => {
    const { resources, gaps } = await collect(monitorSubscription, { [path]: { value: [] } });
    expect(gaps).toEqual([]);
    expect(resources).toEqual([{ ...common, config: { activityLogSettings: [] }, unread: [] }]);
  });

  it.each([
    ["refused", refusal(403, "AuthorizationFailed"), "denied"],
    ["not to be found", refusal(404, "ResourceNotFound"), "unavailable"],
    ["answered without a list", {}, "malformed"],
    ["answered with half a setting", { value: [{ name: "one" }] }, "malformed"],
    ["answered by someone else", new RawAnswer(200, "<html>Sign in</html>"), "malformed"],
  ])("is unread when %s", async (_, answer, code) => {
    const { resources, gaps, thrown } = await collect(monitorSubscription, { [path]: answer });
    expect(thrown).toBeNull();
    expect(gaps).toMatchObject([
      { resourceUid: common.uid, operation: "Microsoft.Insights/DiagnosticSettings/read", code },
    ]);
    expect(resources).toEqual([{ ...common, config: {}, unread: ["activityLogSettings"] }]);
  });
});

describe("alerts on the activity log", () => {
  const path = `GET ${scope}/providers/Microsoft.Insights/activityLogAlerts`;
  const group = idOf("microsoft.insights/actionGroups/SampleActionGroup");
  const alert = (name: string, properties: object) => ({
    id: idOf(`microsoft.insights/activityLogAlerts/${name}`),
    type: "Microsoft.Insights/ActivityLogAlerts",
    name,
    location: "Global",
    tags: { team: "security" },
    properties,
  });
  const actions = { actionGroups: [{ actionGroupId: group, webhookProperties: {} }] };
  const common = (name: string) => ({
    uid: idOf(`microsoft.insights/activityLogAlerts/${name}`),
    kind: "azure.monitor.activity-log-alert",
    account: subscription,
    region: "global",
    name,
    tags: { team: "security" },
  });

  it("are read with single values, several, and alternatives, page by page", async () => {
    const first = alert("sample", {
      scopes: [`subscriptions/${subscription}`],
      condition: {
        allOf: [
          { field: "category", equals: "Administrative" },
          { field: "level", equals: "Error" },
        ],
      },
      actions,
      enabled: true,
      description: "Description of sample Activity Log Alert rule.",
    });
    const second = alert("service-health", {
      scopes: [`/subscriptions/${subscription}`],
      condition: {
        allOf: [
          { field: "category", equals: "ServiceHealth", anyOf: null, containsAny: null },
          { field: null, anyOf: [{ field: "properties.incidentType", equals: "Incident" }] },
          { field: "properties.impactedServices[*].ServiceName", containsAny: ["Key Vault", "Storage"] },
        ],
      },
      actions: { actionGroups: null },
      enabled: false,
    });
    const read = await collect(activityLogAlerts, { [path]: paged([first], [second]) });
    expect(read).toMatchObject({ gaps: [], thrown: null });
    expect(read.resources).toEqual([
      {
        ...common("sample"),
        config: {
          description: "Description of sample Activity Log Alert rule.",
          enabled: true,
          scopes: [`subscriptions/${subscription}`],
          conditions: [
            { anyOf: [{ field: "category", values: ["Administrative"] }] },
            { anyOf: [{ field: "level", values: ["Error"] }] },
          ],
          actionGroupIds: [group],
        },
        unread: [],
      },
      {
        ...common("service-health"),
        config: {
          description: null,
          enabled: false,
          scopes: [`/subscriptions/${subscription}`],
          conditions: [
            { anyOf: [{ field: "category", values: ["ServiceHealth"] }] },
            { anyOf: [{ field: "properties.incidentType", values: ["Incident"] }] },
            {
              anyOf: [
                { field: "properties.impactedServices[*].ServiceName", values: ["Key Vault", "Storage"] },
              ],
            },
          ],
          actionGroupIds: [],
        },
        unread: [],
      },
    ]);
  });

  it("are kept with what the answer left out unread", async () => {
    const { resources, gaps } = await collect(activityLogAlerts, {
      [path]: { value: [alert("half", { actions })] },
    });
    expect(gaps).toMatchObject([{ resourceUid: common("half").uid, code: "malformed" }]);
    expect(resources).toEqual([
      {
        ...common("half"),
        config: { description: null, actionGroupIds: [group] },
        unread: ["enabled", "scopes", "conditions"],
      },
    ]);
  });

  it("are kept though another one can't be made out", async () => {
    const whole = alert("whole", {
      scopes: [],
      condition: { allOf: [] },
      actions: {},
      enabled: true,
    });
    const broken = alert("broken", { enabled: "yes" });
    const { resources, thrown } = await collect(activityLogAlerts, { [path]: { value: [broken, whole] } });
    expect(resources.map(({ name }) => name)).toEqual(["whole"]);
    expect(thrown).toMatchObject({
      name: "ListFailed",
      operation: "Microsoft.Insights/ActivityLogAlerts/read",
    });
  });

  it("are missing when refused, and none where the provider was never used", async () => {
    const refused = await collect(activityLogAlerts, { [path]: refusal(403, "AuthorizationFailed") });
    expect(refused.thrown).toMatchObject({ operation: "Microsoft.Insights/ActivityLogAlerts/read" });
    const unused = await collect(activityLogAlerts, {
      [path]: refusal(409, "MissingSubscriptionRegistration"),
    });
    expect(unused).toMatchObject({ resources: [], gaps: [], thrown: null });
  });
});

it("reads Application Insights, with tags or without", async () => {
  const component = (name: string, tags: unknown) => ({
    id: idOf(`Microsoft.Insights/components/${name}`),
    name,
    type: "Microsoft.Insights/components",
    location: "South Central US",
    tags,
    kind: "web",
    properties: {
      ApplicationId: name,
      Application_Type: "web",
      Flow_Type: "Bluefield",
      InstrumentationKey: "dc5931c7-a7ad-4ad0-89d6-123456789abc",
      WorkspaceResourceId: workspace,
      ConnectionString: "InstrumentationKey=dc5931c7-a7ad-4ad0-89d6-123456789abc",
      IngestionMode: "LogAnalytics",
    },
  });
  const { resources, gaps, thrown } = await collect(applicationInsights, {
    [`GET ${scope}/providers/Microsoft.Insights/components`]: {
      value: [component("my-component", ""), component("my-other-component", { team: "shop" })],
      nextLink: null,
    },
  });
  expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
  const common = (name: string) => ({
    uid: idOf(`Microsoft.Insights/components/${name}`),
    kind: "azure.monitor.application-insights",
    account: subscription,
    region: "southcentralus",
    name,
    config: { applicationType: "web", workspaceId: workspace, ingestionMode: "LogAnalytics" },
    unread: [],
  });
  expect(resources).toEqual([
    { ...common("my-component"), tags: {} },
    { ...common("my-other-component"), tags: { team: "shop" } },
  ]);
});

describe("logging of key vaults", () => {
  const id = (name: string) => idOf(`Microsoft.KeyVault/vaults/${name}`);
  const vault = (name: string) => ({
    id: id(name),
    name,
    type: "Microsoft.KeyVault/vaults",
    location: "westus",
    tags: { team: "shop" },
    properties: { sku: { family: "A", name: "standard" }, tenantId: subscription, accessPolicies: [] },
  });
  const settingsOf = (name: string) => `GET ${id(name)}/providers/Microsoft.Insights/diagnosticSettings`;
  const resource = (name: string) => ({
    uid: `${id(name)}/providers/Microsoft.Insights/diagnosticSettings`,
    kind: "azure.monitor.vault-logging",
    account: subscription,
    region: "westus",
    name,
    tags: { team: "shop" },
  });

  it("is read vault by vault; one that was refused is unread, and one that is gone is left out", async () => {
    const { resources, gaps, thrown } = await collect(vaultLogging, {
      [`GET ${scope}/providers/Microsoft.KeyVault/vaults`]: {
        value: ["gone", "logs", "refused"].map(vault),
      },
      [settingsOf("logs")]: {
        value: [
          {
            name: "audit",
            properties: { workspaceId: workspace, logs: [{ category: "AuditEvent", enabled: true }] },
          },
        ],
      },
      [settingsOf("refused")]: refusal(403, "AuthorizationFailed"),
    });
    expect(thrown).toBeNull();
    expect(gaps).toMatchObject([
      {
        resourceUid: resource("refused").uid,
        operation: "Microsoft.Insights/DiagnosticSettings/read",
        code: "denied",
      },
    ]);
    const settings = [
      {
        name: "audit",
        destinations: [workspace],
        logs: [{ category: "AuditEvent", group: null, enabled: true }],
      },
    ];
    expect(resources).toEqual([
      { ...resource("logs"), config: { vaultId: id("logs"), settings }, unread: [] },
      { ...resource("refused"), config: { vaultId: id("refused") }, unread: ["settings"] },
    ]);
  });
});
