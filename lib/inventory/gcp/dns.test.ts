import { expect, it } from "vitest";
import { dnsPolicies, zones } from "./dns.ts";
import { collect, disabled, failure, paged } from "./test-answers.ts";

const root = "GET dns.googleapis.com/dns/v1/projects/example-project";

/** As the reference shows a zone: https://docs.cloud.google.com/dns/docs/reference/rest/v1/managedZones */
const zone = (name: string, rest: object) => ({
  kind: "dns#managedZone",
  id: "7",
  name,
  dnsName: `${name}.example.com.`,
  description: "",
  creationTime: "2024-02-03T04:05:06.789Z",
  nameServers: ["ns-cloud-a1.googledomains.com."],
  cloudLoggingConfig: { kind: "dns#managedZoneCloudLoggingConfig" },
  ...rest,
});
const key = (keyType: string, algorithm: string, keyLength: number) => ({
  kind: "dns#dnsKeySpec",
  keyType,
  algorithm,
  keyLength,
});

it("reads zones over pages, signed and unsigned", async () => {
  const list = `${root}/managedZones`;
  const read = await collect(zones, {
    [list]: paged(
      {
        kind: "dns#managedZonesListResponse",
        managedZones: [
          zone("a", {
            visibility: "public",
            labels: { team: "web" },
            dnssecConfig: {
              kind: "dns#managedZoneDnsSecConfig",
              state: "on",
              nonExistence: "nsec3",
              defaultKeySpecs: [key("keySigning", "rsasha1", 2048), key("zoneSigning", "rsasha256", 1024)],
            },
          }),
        ],
        nextPageToken: "next",
      },
      {
        kind: "dns#managedZonesListResponse",
        managedZones: [
          zone("b", { visibility: "private" }),
          zone("c", { dnssecConfig: { kind: "dns#managedZoneDnsSecConfig", state: "transfer" } }),
        ],
      },
    ),
  });
  const common = { kind: "gcp.dns.zone", account: "example-project", region: "global" };
  const uid = (name: string) => `//dns.googleapis.com/projects/example-project/managedZones/${name}`;
  const config = { createdAt: "2024-02-03T04:05:06.789Z" };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("a"),
      name: "a",
      tags: { team: "web" },
      config: {
        ...config,
        dnsName: "a.example.com.",
        visibility: "public",
        dnssec: "on",
        keySpecs: [
          { type: "keySigning", algorithm: "rsasha1", bits: 2048 },
          { type: "zoneSigning", algorithm: "rsasha256", bits: 1024 },
        ],
      },
      unread: [],
    },
    {
      ...common,
      uid: uid("b"),
      name: "b",
      tags: {},
      config: { ...config, dnsName: "b.example.com.", visibility: "private", dnssec: "off", keySpecs: [] },
      unread: [],
    },
    {
      ...common,
      uid: uid("c"),
      name: "c",
      tags: {},
      config: { ...config, dnsName: "c.example.com.", visibility: "public", dnssec: "transfer" },
      unread: ["keySpecs"],
    },
  ]);
  expect(read).toMatchObject({ gaps: [{ resourceUid: uid("c"), code: "malformed" }], thrown: null });
  expect(await collect(zones, { [list]: disabled() })).toMatchObject({ resources: [], thrown: null });
  const refused = await collect(zones, { [list]: failure(403, "forbidden") });
  expect(refused.thrown).toMatchObject({ operation: "dns.managedZones.list" });
});

it("reads server policies and the networks that they are for", async () => {
  const network = (name: string) =>
    `https://www.googleapis.com/compute/v1/projects/example-project/global/networks/${name}`;
  const read = await collect(dnsPolicies, {
    [`${root}/policies`]: {
      kind: "dns#policiesListResponse",
      policies: [
        {
          kind: "dns#policy",
          id: "1",
          name: "log",
          description: "",
          enableInboundForwarding: true,
          enableLogging: true,
          networks: [{ kind: "dns#policyNetwork", networkUrl: network("main") }],
        },
        { kind: "dns#policy", id: "2", name: "plain" },
      ],
    },
  });
  const common = {
    kind: "gcp.dns.policy",
    account: "example-project",
    region: "global",
    tags: {},
    unread: [],
  };
  expect(read.resources).toEqual([
    {
      ...common,
      uid: "//dns.googleapis.com/projects/example-project/policies/log",
      name: "log",
      config: {
        logging: true,
        inboundForwarding: true,
        networks: ["//compute.googleapis.com/projects/example-project/global/networks/main"],
      },
    },
    {
      ...common,
      uid: "//dns.googleapis.com/projects/example-project/policies/plain",
      name: "plain",
      config: { logging: false, inboundForwarding: false, networks: [] },
    },
  ]);
});
