import { expect, it } from "vitest";
import { databricksWorkspaces } from "./databricks.ts";
import { collect, idOf, paged, refusal, subscription } from "./test-answers.ts";

const list = `GET /subscriptions/${subscription}/providers/Microsoft.Databricks/workspaces`;
const id = (name: string) => idOf(`Microsoft.Databricks/workspaces/${name}`);
const settingsOf = (name: string) => `GET ${id(name)}/providers/Microsoft.Insights/diagnosticSettings`;
const workspace = (name: string, properties: object) => ({
  name,
  id: id(name),
  type: "Microsoft.Databricks/workspaces",
  location: "East US 2",
  tags: null,
  sku: { name: "premium" },
  properties: {
    managedResourceGroupId: `/subscriptions/${subscription}/resourceGroups/myManagedRG`,
    provisioningState: "Succeeded",
    createdDateTime: "2020-02-20T00:10:29.2858439Z",
    workspaceId: "5555555555555555",
    workspaceUrl: "adb-5555555555555555.19.azuredatabricks.net",
    ...properties,
  },
});
const common = (name: string) => ({
  uid: id(name),
  kind: "azure.databricks.workspace",
  account: subscription,
  region: "eastus2",
  name,
  tags: {},
});
const basics = { sku: "premium", url: "adb-5555555555555555.19.azuredatabricks.net" };
const network = idOf("Microsoft.Network/virtualNetworks/data");
const endpoint = idOf("Microsoft.Network/privateEndpoints/databricks");

it("reads workspaces page by page, in a network of one's own or not", async () => {
  const own = workspace("own", {
    parameters: {
      customVirtualNetworkId: { type: "String", value: network },
      customPublicSubnetName: { type: "String", value: "public" },
      customPrivateSubnetName: { type: "String", value: "private" },
      enableNoPublicIp: { type: "Bool", value: true },
      requireInfrastructureEncryption: { type: "Bool", value: false },
    },
    publicNetworkAccess: "Disabled",
    requiredNsgRules: "NoAzureDatabricksRules",
    privateEndpointConnections: [
      {
        id: `${id("own")}/privateEndpointConnections/one`,
        name: "one",
        type: "Microsoft.Databricks/workspaces/PrivateEndpointConnections",
        properties: {
          privateEndpoint: { id: endpoint },
          groupIds: ["databricks_ui_api"],
          privateLinkServiceConnectionState: { status: "Approved", description: "", actionsRequired: "None" },
          provisioningState: "Succeeded",
        },
      },
    ],
  });
  const managed = workspace("managed", { parameters: { enableNoPublicIp: { type: "Bool", value: false } } });
  const { resources, gaps, thrown } = await collect(databricksWorkspaces, {
    [list]: paged([own], [managed]),
    [settingsOf("own")]: { value: [] },
    [settingsOf("managed")]: {
      value: [
        {
          name: "audit",
          properties: { workspaceId: "/w", logs: [{ categoryGroup: "allLogs", enabled: true }] },
        },
      ],
    },
  });
  expect({ gaps, thrown }).toEqual({ gaps: [], thrown: null });
  expect(resources).toEqual([
    {
      ...common("managed"),
      config: {
        ...basics,
        network: null,
        noPublicIp: false,
        publicNetworkAccess: "Enabled",
        privateEndpoints: [],
        diagnosticSettings: [
          {
            name: "audit",
            destinations: ["/w"],
            logs: [{ category: null, group: "allLogs", enabled: true }],
          },
        ],
      },
      unread: [],
    },
    {
      ...common("own"),
      config: {
        ...basics,
        network: { id: network, publicSubnet: "public", privateSubnet: "private" },
        noPublicIp: true,
        publicNetworkAccess: "Disabled",
        privateEndpoints: [{ id: endpoint, status: "Approved" }],
        diagnosticSettings: [],
      },
      unread: [],
    },
  ]);
});

it("doesn't guess at what the answer leaves out, or words in a new way", async () => {
  const { resources, gaps, thrown } = await collect(databricksWorkspaces, {
    [list]: {
      value: [workspace("bare", { parameters: null, publicNetworkAccess: "SecuredByPerimeter" })],
    },
    [settingsOf("bare")]: refusal(403, "AuthorizationFailed"),
  });
  expect(thrown).toBeNull();
  expect(gaps).toMatchObject([
    { resourceUid: id("bare"), operation: "Microsoft.Insights/DiagnosticSettings/read", code: "denied" },
    { resourceUid: id("bare"), operation: "Microsoft.Databricks/workspaces/read", code: "malformed" },
  ]);
  expect(resources).toEqual([
    {
      ...common("bare"),
      config: { ...basics, network: null, privateEndpoints: [] },
      unread: ["noPublicIp", "publicNetworkAccess", "diagnosticSettings"],
    },
  ]);
});
