import { expect, it } from "vitest";
import { firewalls } from "./compute-firewalls.ts";
import { backendServices } from "./compute-load-balancing.ts";
import { networks, subnets } from "./compute-networks.ts";
import { collect, failure, paged } from "./test-answers.ts";

const root = "GET compute.googleapis.com/compute/v1/projects/example-project";
const link = (path: string) => `https://www.googleapis.com/compute/v1/projects/example-project/${path}`;
const uid = (path: string) => `//compute.googleapis.com/projects/example-project/${path}`;
const created = { creationTimestamp: "2024-02-03T04:05:06.789-07:00" };
const createdAt = "2024-02-03T11:05:06.789Z";

/** As the reference shows a rule: https://docs.cloud.google.com/compute/docs/reference/rest/v1/firewalls */
const firewall = (name: string, rest: object) => ({
  kind: "compute#firewall",
  id: "8157",
  ...created,
  name,
  description: "",
  network: link("global/networks/default"),
  priority: 65534,
  direction: "INGRESS",
  logConfig: { enable: false },
  disabled: false,
  selfLink: link(`global/firewalls/${name}`),
  ...rest,
});

it("reads firewall rules over pages, whatever they leave out", async () => {
  const list = `${root}/global/firewalls`;
  const read = await collect(firewalls, {
    [list]: paged(
      {
        kind: "compute#firewallList",
        id: "projects/example-project/global/firewalls",
        items: [
          firewall("a-ssh", {
            sourceRanges: ["0.0.0.0/0", "::/0"],
            targetTags: ["web"],
            allowed: [{ IPProtocol: "tcp", ports: ["22", "8000-8080"] }, { IPProtocol: "icmp" }],
          }),
        ],
        nextPageToken: "next",
      },
      {
        kind: "compute#firewallList",
        items: [
          firewall("b-deny", {
            direction: "EGRESS",
            disabled: true,
            priority: 0,
            description: "No mail",
            destinationRanges: ["0.0.0.0/0"],
            targetServiceAccounts: ["mail@example-project.iam.gserviceaccount.com"],
            allowed: [],
            denied: [{ IPProtocol: "all" }],
            logConfig: { enable: true },
          }),
          {
            name: "c-least",
            network: link("global/networks/default"),
            selfLink: link("global/firewalls/c-least"),
            sourceTags: ["web"],
            allowed: [{ IPProtocol: "6" }],
          },
          firewall("d-clipped", {}),
        ],
      },
    ),
  });
  const common = {
    kind: "gcp.compute.firewall",
    account: "example-project",
    region: "global",
    tags: {},
    unread: [],
  };
  const config = {
    network: uid("global/networks/default"),
    direction: "INGRESS",
    priority: 65534,
    disabled: false,
    sourceRanges: [],
    sourceTags: [],
    sourceServiceAccounts: [],
    destinationRanges: [],
    targetTags: [],
    targetServiceAccounts: [],
    description: null,
    createdAt,
    logging: false,
  };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("global/firewalls/a-ssh"),
      name: "a-ssh",
      config: {
        ...config,
        action: "allow",
        traffic: [
          { protocol: "tcp", ports: ["22", "8000-8080"] },
          { protocol: "icmp", ports: [] },
        ],
        sourceRanges: ["0.0.0.0/0", "::/0"],
        targetTags: ["web"],
      },
    },
    {
      ...common,
      uid: uid("global/firewalls/b-deny"),
      name: "b-deny",
      config: {
        ...config,
        action: "deny",
        traffic: [{ protocol: "all", ports: [] }],
        direction: "EGRESS",
        priority: 0,
        disabled: true,
        destinationRanges: ["0.0.0.0/0"],
        targetServiceAccounts: ["mail@example-project.iam.gserviceaccount.com"],
        description: "No mail",
        logging: true,
      },
    },
    {
      ...common,
      uid: uid("global/firewalls/c-least"),
      name: "c-least",
      config: {
        ...config,
        action: "allow",
        traffic: [{ protocol: "6", ports: [] }],
        priority: 1000,
        sourceTags: ["web"],
        createdAt: null,
      },
    },
    {
      ...common,
      uid: uid("global/firewalls/d-clipped"),
      name: "d-clipped",
      config,
      unread: ["action", "traffic"],
    },
  ]);
  expect(read).toMatchObject({
    gaps: [{ resourceUid: uid("global/firewalls/d-clipped"), code: "malformed" }],
    thrown: null,
    calls: [list, list],
  });
  const empty = { kind: "compute#firewallList", id: "projects/example-project/global/firewalls" };
  expect(await collect(firewalls, { [list]: empty })).toMatchObject({ resources: [], thrown: null });
});

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
  firewalls: [firewall("a-ssh", { allowed: [{ IPProtocol: "tcp" }] })],
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

it("reads subnets, with and without flow logs", async () => {
  const subnet = (name: string, rest: object) => ({
    kind: "compute#subnetwork",
    id: "5",
    ...created,
    name,
    network: link("global/networks/main"),
    ipCidrRange: "10.0.0.0/24",
    gatewayAddress: "10.0.0.1",
    region: link("regions/us-east1"),
    selfLink: link(`regions/us-east1/subnetworks/${name}`),
    ...rest,
  });
  const read = await collect(subnets, {
    [`${root}/aggregated/subnetworks`]: {
      kind: "compute#subnetworkAggregatedList",
      items: {
        "regions/us-east1": {
          subnetworks: [
            subnet("a", {
              privateIpGoogleAccess: true,
              purpose: "PRIVATE",
              stackType: "IPV4_IPV6",
              externalIpv6Prefix: "2600:1900:4000:2::/64",
              enableFlowLogs: true,
              logConfig: {
                enable: true,
                aggregationInterval: "INTERVAL_5_SEC",
                flowSampling: 0.5,
                metadata: "INCLUDE_ALL_METADATA",
                filterExpr: "true",
              },
            }),
            subnet("b", { purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" }),
          ],
        },
      },
    },
  });
  const common = {
    kind: "gcp.compute.subnet",
    account: "example-project",
    region: "us-east1",
    tags: {},
    unread: [],
  };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("regions/us-east1/subnetworks/a"),
      name: "a",
      config: {
        network: uid("global/networks/main"),
        purpose: "PRIVATE",
        cidr: "10.0.0.0/24",
        ipv6Cidr: "2600:1900:4000:2::/64",
        privateGoogleAccess: true,
        flowLogs: {
          enabled: true,
          interval: "INTERVAL_5_SEC",
          sampling: 0.5,
          metadata: "INCLUDE_ALL_METADATA",
          filter: "true",
        },
        createdAt,
      },
    },
    {
      ...common,
      uid: uid("regions/us-east1/subnetworks/b"),
      name: "b",
      config: {
        network: uid("global/networks/main"),
        purpose: "REGIONAL_MANAGED_PROXY",
        cidr: "10.0.0.0/24",
        ipv6Cidr: null,
        privateGoogleAccess: false,
        flowLogs: { enabled: false, interval: null, sampling: null, metadata: null, filter: null },
        createdAt,
      },
    },
  ]);
});

it("reads backend services, global and regional", async () => {
  const service = (name: string, place: string, rest: object) => ({
    kind: "compute#backendService",
    id: "3",
    ...created,
    name,
    selfLink: link(`${place}/backendServices/${name}`),
    timeoutSec: 30,
    ...rest,
  });
  const read = await collect(backendServices, {
    [`${root}/aggregated/backendServices`]: {
      kind: "compute#backendServiceAggregatedList",
      items: {
        global: {
          backendServices: [
            service("web", "global", {
              protocol: "HTTPS",
              loadBalancingScheme: "EXTERNAL_MANAGED",
              logConfig: { enable: true, sampleRate: 1 },
              securityPolicy: link("global/securityPolicies/armor"),
            }),
          ],
        },
        "regions/us-east1": {
          backendServices: [service("odd", "regions/us-east1", { region: link("regions/us-east1") })],
        },
      },
    },
  });
  const common = { kind: "gcp.compute.backend-service", account: "example-project", tags: {} };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("global/backendServices/web"),
      region: "global",
      name: "web",
      config: {
        scheme: "EXTERNAL_MANAGED",
        protocol: "HTTPS",
        logging: { enabled: true, sampleRate: 1 },
        securityPolicy: uid("global/securityPolicies/armor"),
        createdAt,
      },
      unread: [],
    },
    {
      ...common,
      uid: uid("regions/us-east1/backendServices/odd"),
      region: "us-east1",
      name: "odd",
      config: { logging: { enabled: false, sampleRate: null }, securityPolicy: null, createdAt },
      unread: ["scheme", "protocol"],
    },
  ]);
});
