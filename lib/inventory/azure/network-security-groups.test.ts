import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { securityGroups } from "./network-security-groups.ts";
import { collect, idOf, paged, refusal, subscription } from "./test-answers.ts";

const list = `GET /subscriptions/${subscription}/providers/Microsoft.Network/networkSecurityGroups`;
const operation = "Microsoft.Network/networkSecurityGroups/read";
const idOfGroup = (name: string) => idOf(`Microsoft.Network/networkSecurityGroups/${name}`);

/** A rule as the reference shows one: single values, and empty lists or none beside them. */
const rule = (group: string, name: string, properties: object, kind = "securityRules") => ({
  name,
  id: `${idOfGroup(group)}/${kind}/${name}`,
  etag: 'W/"00000000-0000-0000-0000-000000000000"',
  properties: {
    provisioningState: "Succeeded",
    protocol: "*",
    sourcePortRange: "*",
    destinationPortRange: "*",
    sourceAddressPrefix: "*",
    destinationAddressPrefix: "*",
    access: "Allow",
    priority: 65_000,
    direction: "Inbound",
    ...properties,
  },
});
const defaults = (group: string) => [
  rule(
    group,
    "AllowVnetInBound",
    { sourceAddressPrefix: "VirtualNetwork", destinationAddressPrefix: "VirtualNetwork" },
    "defaultSecurityRules",
  ),
  rule(group, "DenyAllInBound", { access: "Deny", priority: 65_500 }, "defaultSecurityRules"),
  rule(
    group,
    "DenyAllOutBound",
    { access: "Deny", priority: 65_500, direction: "Outbound" },
    "defaultSecurityRules",
  ),
];
const group = (name: string, properties: object = {}, more: object = {}) => ({
  name,
  id: idOfGroup(name),
  type: "Microsoft.Network/networkSecurityGroups",
  location: "westus",
  properties: {
    provisioningState: "Succeeded",
    securityRules: [],
    defaultSecurityRules: defaults(name),
    ...properties,
  },
  ...more,
});

const read = (name: string, change: object = {}) => ({
  name,
  priority: 65_000,
  access: "allow",
  protocol: "*",
  sources: ["*"],
  sourceGroups: [],
  sourcePorts: ["*"],
  destinations: ["*"],
  destinationGroups: [],
  destinationPorts: ["*"],
  isDefault: false,
  ...change,
});
const readDefaults = {
  inbound: [
    read("AllowVnetInBound", {
      sources: ["VirtualNetwork"],
      destinations: ["VirtualNetwork"],
      isDefault: true,
    }),
    read("DenyAllInBound", { access: "deny", priority: 65_500, isDefault: true }),
  ],
  outbound: [read("DenyAllOutBound", { access: "deny", priority: 65_500, isDefault: true })],
};

it("reads groups over all pages, with rules by priority and their prefixes in one list", async () => {
  const asg = idOf("Microsoft.Network/applicationSecurityGroups/web");
  const own = [
    rule("nsg3", "later", { priority: 300, protocol: "Tcp", destinationPortRange: "22" }),
    rule("nsg3", "sooner", {
      priority: 130,
      protocol: "Udp",
      access: "Deny",
      sourceAddressPrefix: undefined,
      sourceAddressPrefixes: ["10.0.0.0/8", "Internet"],
      destinationAddressPrefix: "",
      destinationAddressPrefixes: [],
      destinationApplicationSecurityGroups: [{ id: asg.replace("/rg/", "/RG/") }],
      destinationPortRange: undefined,
      destinationPortRanges: ["53", "500-600"],
    }),
    rule("nsg3", "out", { priority: 100, direction: "Outbound" }),
  ];
  const subnetId = `${idOf("Microsoft.Network/virtualNetworks/vnet1")}/subnets/web`;
  const found = await collect(securityGroups, {
    [list]: paged(
      [group("nsg1")],
      [
        group(
          "nsg3",
          {
            securityRules: own,
            subnets: [{ id: subnetId }],
            networkInterfaces: [{ id: idOf("Microsoft.Network/networkInterfaces/nic1") }],
          },
          { tags: { team: "web" }, location: "West US" },
        ),
      ],
    ),
  });
  expect(found).toMatchObject({ gaps: [], thrown: null });
  const common = {
    kind: "azure.network.security-group",
    account: subscription,
    region: "westus",
    unread: [],
  };
  expect(found.resources).toEqual([
    {
      ...common,
      uid: idOfGroup("nsg1"),
      name: "nsg1",
      tags: {},
      config: { ...readDefaults, subnetIds: [], interfaceIds: [] },
    },
    {
      ...common,
      uid: idOfGroup("nsg3"),
      name: "nsg3",
      tags: { team: "web" },
      config: {
        inbound: [
          read("sooner", {
            priority: 130,
            protocol: "udp",
            access: "deny",
            sources: ["10.0.0.0/8", "Internet"],
            destinations: [],
            destinationGroups: [asg],
            destinationPorts: ["53", "500-600"],
          }),
          read("later", { priority: 300, protocol: "tcp", destinationPorts: ["22"] }),
          ...readDefaults.inbound,
        ],
        outbound: [read("out", { priority: 100 }), ...readDefaults.outbound],
        subnetIds: [subnetId],
        interfaceIds: [idOf("Microsoft.Network/networkInterfaces/nic1")],
      },
    },
  ]);
});

it("does not take a group whose rules are unsaid for one without", async () => {
  const found = await collect(securityGroups, {
    [list]: { value: [group("nsg1", { securityRules: undefined })] },
  });
  expect(found.resources).toMatchObject([{ uid: idOfGroup("nsg1"), unread: ["inbound", "outbound"] }]);
  expect(found.gaps).toMatchObject([{ operation, resourceUid: idOfGroup("nsg1"), code: "malformed" }]);
});

it.each([
  { access: "Perhaps" },
  { priority: undefined },
  { protocol: undefined },
  { direction: undefined },
  { sourceAddressPrefix: undefined },
  { destinationPortRange: undefined },
])("refuses to judge by a rule with %j, and keeps the other groups", async (broken) => {
  const bad = group("nsg1", { securityRules: [rule("nsg1", "bad", broken)] });
  const found = await collect(securityGroups, { [list]: { value: [bad, group("nsg2")] } });
  expect(found.resources.map(({ uid }) => uid)).toEqual([idOfGroup("nsg2")]);
  expect(found.thrown).toBeInstanceOf(ListFailed);
  expect(found.thrown).toMatchObject({ operation, cause: { name: "MalformedAnswer" } });
});

it("is incomplete when refused, and empty where the provider was never registered", async () => {
  const refused = await collect(securityGroups, { [list]: refusal(403, "AuthorizationFailed") });
  expect(refused).toMatchObject({
    resources: [],
    thrown: { operation, cause: { code: "AuthorizationFailed" } },
  });
  const never = await collect(securityGroups, { [list]: refusal(409, "MissingSubscriptionRegistration") });
  expect(never).toMatchObject({ resources: [], gaps: [], thrown: null });
});
