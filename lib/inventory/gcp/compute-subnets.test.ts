import { expect, it } from "vitest";
import { backendServices } from "./compute-load-balancing.ts";
import { subnets } from "./compute-subnets.ts";
import { collect } from "./test-answers.ts";

const root = "GET compute.googleapis.com/compute/v1/projects/example-project";
const link = (path: string) => `https://www.googleapis.com/compute/v1/projects/example-project/${path}`;
const uid = (path: string) => `//compute.googleapis.com/projects/example-project/${path}`;
const created = { creationTimestamp: "2024-02-03T04:05:06.789-07:00" };
const createdAt = "2024-02-03T11:05:06.789Z";

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
