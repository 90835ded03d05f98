import { expect, it } from "vitest";
import { apps } from "./appservice.ts";
import { collect, idOf, refusal, subscription } from "./test-answers.ts";

const list = `GET /subscriptions/${subscription}/providers/Microsoft.Web/sites`;
const id = (name: string) => idOf(`Microsoft.Web/sites/${name}`);
const site = (name: string, properties: object = {}, more: object = {}) => ({
  id: id(name),
  name,
  type: "Microsoft.Web/sites",
  kind: "app",
  location: "East US",
  properties: {
    state: "Running",
    hostNames: [`${name}.azurewebsites.net`],
    enabled: true,
    enabledHostNames: [`${name}.azurewebsites.net`],
    hostNameSslStates: [],
    reserved: false,
    siteConfig: { numberOfWorkers: null, minTlsVersion: null, ftpsState: null, http20Enabled: null },
    httpsOnly: false,
    ...properties,
  },
  ...more,
});
const settings = (name: string, properties: object) => ({
  [`GET ${id(name)}/config/web`]: {
    id: `${id(name)}/config/web`,
    name: "web",
    type: "Microsoft.Web/sites/config",
    location: "East US",
    properties: {
      numberOfWorkers: 1,
      defaultDocuments: ["Default.htm"],
      remoteDebuggingEnabled: false,
      alwaysOn: true,
      minTlsVersion: "1.0",
      ftpsState: "AllAllowed",
      http20Enabled: true,
      ...properties,
    },
  },
});
const common = {
  kind: "azure.appservice.app",
  account: subscription,
  region: "eastus",
  tags: {},
  unread: [],
};

it("reads apps with their settings", async () => {
  const identity = {
    type: "SystemAssigned, UserAssigned",
    principalId: subscription,
    tenantId: subscription,
  };
  const found = await collect(apps, {
    [list]: {
      value: [
        site("a"),
        site(
          "b",
          { httpsOnly: true, publicNetworkAccess: "Disabled" },
          { identity, kind: "functionapp,linux", tags: { team: "web" } },
        ),
        site("c", { httpsOnly: undefined }, { identity: { type: "None" } }),
        site("gone"),
      ],
    },
    ...settings("a", {}),
    ...settings("b", { minTlsVersion: "1.3", ftpsState: "Disabled", remoteDebuggingEnabled: true }),
    ...settings("c", { minTlsVersion: undefined, http20Enabled: undefined }),
  });
  expect(found.resources).toEqual([
    {
      ...common,
      uid: id("a"),
      name: "a",
      config: {
        type: "app",
        state: "Running",
        httpsOnly: false,
        publicNetworkAccess: null,
        identities: [],
        hostNames: ["a.azurewebsites.net"],
        minTlsVersion: "1.0",
        ftps: "AllAllowed",
        remoteDebugging: false,
        http2: true,
      },
    },
    {
      ...common,
      uid: id("b"),
      name: "b",
      tags: { team: "web" },
      config: {
        type: "functionapp,linux",
        state: "Running",
        httpsOnly: true,
        publicNetworkAccess: "Disabled",
        identities: ["SystemAssigned", "UserAssigned"],
        hostNames: ["b.azurewebsites.net"],
        minTlsVersion: "1.3",
        ftps: "Disabled",
        remoteDebugging: true,
        http2: true,
      },
    },
    {
      ...common,
      uid: id("c"),
      name: "c",
      config: {
        type: "app",
        state: "Running",
        publicNetworkAccess: null,
        identities: [],
        hostNames: ["c.azurewebsites.net"],
        ftps: "AllAllowed",
        remoteDebugging: false,
      },
      unread: ["httpsOnly", "minTlsVersion", "http2"],
    },
  ]);
  expect(found.gaps.map(({ resourceUid, operation, code }) => [resourceUid, operation, code]).sort()).toEqual(
    [
      [id("c"), "Microsoft.Web/sites/config/read", "malformed"],
      [id("c"), "Microsoft.Web/sites/read", "malformed"],
    ],
  );
});

it("makes one gap of settings that are refused", async () => {
  const found = await collect(apps, {
    [list]: { value: [site("a")] },
    [`GET ${id("a")}/config/web`]: refusal(403, "AuthorizationFailed"),
  });
  expect(found.resources).toMatchObject([{ unread: ["minTlsVersion", "ftps", "remoteDebugging", "http2"] }]);
  expect(found.gaps).toMatchObject([
    { operation: "Microsoft.Web/sites/config/read", code: "denied", resourceUid: id("a") },
  ]);
});
