import { expect, it } from "vitest";
import { networks } from "./compute-networks.ts";
import { collect, failure } from "./test-answers.ts";

const root = "GET compute.googleapis.com/compute/v1/projects/example-project";
const link = (path: string) => `https://www.googleapis.com/compute/v1/projects/example-project/${path}`;
const uid = (path: string) => `//compute.googleapis.com/projects/example-project/${path}`;
const created = { creationTimestamp: "2024-02-03T04:05:06.789-07:00" };
const createdAt = "2024-02-03T11:05:06.789Z";

const network = (name: string, rest: object) => ({
  kind: "compute#network",
  id: "99",
  ...created,
  name,
  selfLink: link(`global/networks/${name}`),
  ...rest,
});
const listed = {
  kind: "compute#networkList",
  items: [
    network("default", {
      autoCreateSubnetworks: true,
      subnetworks: [],
      routingConfig: { routingMode: "REGIONAL" },
      mtu: 1460,
      networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
    }),
    network("lab", { IPv4Range: "10.240.0.0/16", gatewayIPv4: "10.240.0.1" }),
    network("main", {
      autoCreateSubnetworks: false,
      networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
      peerings: [
        { name: "p", network: "https://www.googleapis.com/compute/v1/projects/other/global/networks/n" },
      ],
    }),
  ],
};
const closing = {
  kind: "compute#firewallPolicyRule",
  priority: 2147483647,
  match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
  action: "goto_next",
  direction: "INGRESS",
  enableLogging: false,
};
const nobody = { ranges: [], regionCodes: [], threatLists: [], addressGroups: [], fqdns: [], secureTags: [] };
const closingRead = {
  priority: 2147483647,
  action: "goto_next",
  direction: "INGRESS",
  disabled: false,
  traffic: [{ protocol: "all", ports: [] }],
  source: { ...nobody, ranges: ["0.0.0.0/0"] },
  destination: nobody,
  sourceNetworkType: null,
  targetNetworks: [],
  targetServiceAccounts: [],
  targetSecureTags: [],
  targetType: "INSTANCES",
};

/** As the reference has it: https://docs.cloud.google.com/compute/docs/reference/rest/v1/networks/getEffectiveFirewalls */
const effective = {
  firewalls: [{ name: "a-ssh", allowed: [{ IPProtocol: "tcp" }] }],
  firewallPolicys: [
    { name: "edge", type: "NETWORK", rules: [closing] },
    {
      name: "238409865123",
      shortName: "org-baseline",
      type: "HIERARCHY",
      rules: [
        {
          priority: 100,
          action: "deny",
          direction: "INGRESS",
          disabled: false,
          targetResources: [link("global/networks/main")],
          targetServiceAccounts: ["web@example-project.iam.gserviceaccount.com"],
          match: {
            srcIpRanges: ["203.0.113.0/24"],
            srcRegionCodes: ["KP"],
            srcThreatIntelligences: ["iplist-tor-exit-nodes"],
            srcAddressGroups: ["organizations/1/locations/global/addressGroups/partners"],
            srcFqdns: ["example.com"],
            srcNetworkType: "INTERNET",
            destIpRanges: ["10.0.0.0/8"],
            layer4Configs: [{ ipProtocol: "tcp", ports: ["22"] }],
          },
        },
        {
          priority: 200,
          action: "allow",
          direction: "INGRESS",
          targetSecureTags: [
            { name: "tagValues/1", state: "EFFECTIVE" },
            { name: "tagValues/2", state: "INEFFECTIVE" },
          ],
          match: { srcSecureTags: [{ name: "tagValues/3", state: "EFFECTIVE" }], layer4Configs: [] },
        },
        {
          priority: 300,
          action: "allow",
          direction: "INGRESS",
          targetSecureTags: [{ name: "tagValues/2", state: "INEFFECTIVE" }],
          match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "tcp" }] },
        },
      ],
    },
  ],
};
const regional = {
  kind: "compute#networkFirewallPolicyAggregatedList",
  items: {
    global: {
      firewallPolicies: [
        { name: "edge", associations: [{ name: "x", attachmentTarget: link("global/networks/main") }] },
      ],
    },
    "regions/us-east1": {
      firewallPolicies: [
        {
          name: "east",
          region: link("regions/us-east1"),
          associations: [{ name: "y", attachmentTarget: link("global/networks/main") }],
        },
        { name: "unused", region: link("regions/us-east1") },
      ],
    },
  },
};
const networkAnswers = {
  [`${root}/global/networks`]: listed,
  [`${root}/global/networks/default/getEffectiveFirewalls`]: {},
  [`${root}/global/networks/lab/getEffectiveFirewalls`]: {},
  [`${root}/global/networks/main/getEffectiveFirewalls`]: effective,
  [`${root}/aggregated/firewallPolicies`]: regional,
  [`${root}/regions/us-east1/firewallPolicies/getEffectiveFirewalls`]: {
    firewallPolicys: [
      ...effective.firewallPolicys,
      { name: "east", type: "NETWORK_REGIONAL", rules: [closing] },
      { name: "gke", type: "SYSTEM_REGIONAL", rules: [closing] },
    ],
  },
};

it("reads networks with the policies in force on each, whoever set them", async () => {
  const read = await collect(networks, networkAnswers);
  const common = {
    kind: "gcp.compute.network",
    account: "example-project",
    region: "global",
    tags: {},
    unread: [],
  };
  const config = {
    isDefault: false,
    mode: "custom",
    routingMode: null,
    mtu: null,
    createdAt,
    peerings: [],
    policyOrder: "after",
    policies: [],
    regionalPolicies: [],
  };
  expect(read).toMatchObject({ gaps: [], thrown: null });
  // The regions with policies are listed once for all networks.
  expect(read.calls.toSorted()).toEqual(Object.keys(networkAnswers).toSorted());
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("global/networks/default"),
      name: "default",
      config: { ...config, isDefault: true, mode: "auto", routingMode: "REGIONAL", mtu: 1460 },
    },
    { ...common, uid: uid("global/networks/lab"), name: "lab", config: { ...config, mode: "legacy" } },
    {
      ...common,
      uid: uid("global/networks/main"),
      name: "main",
      config: {
        ...config,
        policyOrder: "before",
        peerings: ["//compute.googleapis.com/projects/other/global/networks/n"],
        policies: [
          {
            name: "org-baseline",
            level: "hierarchical",
            rules: [
              {
                ...closingRead,
                priority: 100,
                action: "deny",
                traffic: [{ protocol: "tcp", ports: ["22"] }],
                source: {
                  ranges: ["203.0.113.0/24"],
                  regionCodes: ["KP"],
                  threatLists: ["iplist-tor-exit-nodes"],
                  addressGroups: ["organizations/1/locations/global/addressGroups/partners"],
                  fqdns: ["example.com"],
                  secureTags: [],
                },
                destination: { ...nobody, ranges: ["10.0.0.0/8"] },
                sourceNetworkType: "INTERNET",
                targetNetworks: [uid("global/networks/main")],
                targetServiceAccounts: ["web@example-project.iam.gserviceaccount.com"],
              },
              {
                ...closingRead,
                priority: 200,
                action: "allow",
                traffic: [],
                source: { ...nobody, secureTags: ["tagValues/3"] },
                targetSecureTags: ["tagValues/1"],
              },
              // All its tags are without effect, so Google Cloud leaves it out.
              {
                ...closingRead,
                priority: 300,
                action: "allow",
                disabled: true,
                traffic: [{ protocol: "tcp", ports: [] }],
              },
            ],
          },
          { name: "edge", level: "global", rules: [closingRead] },
        ],
        regionalPolicies: [{ name: "east", level: "regional", region: "us-east1", rules: [closingRead] }],
      },
    },
  ]);
});

it("keeps a network whose policies are refused, and says which could not be read", async () => {
  const refused = failure(403, "forbidden");
  const read = await collect(networks, {
    ...networkAnswers,
    [`${root}/global/networks`]: { ...listed, items: listed.items.slice(2) },
    [`${root}/global/networks/main/getEffectiveFirewalls`]: refused,
    [`${root}/regions/us-east1/firewallPolicies/getEffectiveFirewalls`]: refused,
  });
  expect(read.resources).toMatchObject([{ name: "main", unread: ["policies", "regionalPolicies"] }]);
  expect(read.gaps).toMatchObject([
    { operation: "compute.networks.getEffectiveFirewalls", code: "denied" },
    { operation: "compute.networks.getRegionEffectiveFirewalls", code: "denied" },
  ]);
  const { gaps } = await collect(networks, {
    ...networkAnswers,
    [`${root}/aggregated/firewallPolicies`]: refused,
  });
  expect(new Set(gaps.map(({ operation }) => operation))).toEqual(new Set(["compute.firewallPolicies.list"]));
  expect(gaps.length).toBe(3);
});

it("takes no policy for what it is not", async () => {
  const broken = { firewallPolicys: [{ name: "edge", type: "NEW_KIND", rules: [] }] };
  const read = await collect(networks, {
    ...networkAnswers,
    [`${root}/global/networks/main/getEffectiveFirewalls`]: broken,
  });
  expect(read.gaps).toMatchObject([{ resourceUid: uid("global/networks/main"), code: "malformed" }]);
});
