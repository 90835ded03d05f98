import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { disks } from "./compute-disks.ts";
import { computeProject, instances } from "./compute-instances.ts";
import { collect, disabled, failure, paged } from "./test-answers.ts";

const root = "GET compute.googleapis.com/compute/v1/projects/example-project";
const link = (path: string) => `https://www.googleapis.com/compute/v1/projects/example-project/${path}`;
const uid = (path: string) => `//compute.googleapis.com/projects/example-project/${path}`;
const nothing = (scope: string) => ({
  warning: {
    code: "NO_RESULTS_ON_PAGE",
    message: `There are no results for scope '${scope}' on this page.`,
    data: [{ key: "scope", value: scope }],
  },
});

/** As the reference shows an instance: https://docs.cloud.google.com/compute/docs/reference/rest/v1/instances */
const instance = (name: string, rest: object = {}) => ({
  kind: "compute#instance",
  id: "4520031799277581759",
  creationTimestamp: "2024-02-03T04:05:06.789-07:00",
  name,
  tags: { items: ["http-server"], fingerprint: "6smc4R4d39I=" },
  machineType: link("zones/us-central1-a/machineTypes/n2d-standard-2"),
  status: "RUNNING",
  zone: link("zones/us-central1-a"),
  canIpForward: false,
  networkInterfaces: [
    {
      kind: "compute#networkInterface",
      network: link("global/networks/default"),
      subnetwork: link("regions/us-central1/subnetworks/default"),
      networkIP: "10.128.0.2",
      name: "nic0",
      accessConfigs: [
        { kind: "compute#accessConfig", type: "ONE_TO_ONE_NAT", name: "External NAT", natIP: "34.68.1.2" },
      ],
      fingerprint: "wUiI4EnVyhw=",
      stackType: "IPV4_ONLY",
    },
  ],
  disks: [
    {
      kind: "compute#attachedDisk",
      type: "PERSISTENT",
      source: link(`zones/us-central1-a/disks/${name}`),
      boot: true,
    },
    { kind: "compute#attachedDisk", type: "SCRATCH", boot: false },
  ],
  metadata: {
    kind: "compute#metadata",
    fingerprint: "Vw7mLmMXz6U=",
    items: [
      { key: "serial-port-enable", value: "1" },
      { key: "startup-script", value: "export TOKEN=secret" },
      { key: "enable-oslogin", value: "FALSE" },
    ],
  },
  serviceAccounts: [
    {
      email: "123456789012-compute@developer.gserviceaccount.com",
      scopes: ["https://www.googleapis.com/auth/cloud-platform"],
    },
  ],
  selfLink: link(`zones/us-central1-a/instances/${name}`),
  scheduling: { onHostMaintenance: "MIGRATE", automaticRestart: true, preemptible: false },
  cpuPlatform: "AMD Rome",
  labels: { env: "prod" },
  labelFingerprint: "42WmSpB8rSM=",
  startRestricted: false,
  deletionProtection: true,
  shieldedInstanceConfig: { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true },
  shieldedInstanceIntegrityPolicy: { updateAutoLearnPolicy: true },
  confidentialInstanceConfig: { enableConfidentialCompute: true },
  ...rest,
});

/** All that a small instance without anything optional has. */
const bare = {
  id: "1",
  name: "bare",
  status: "TERMINATED",
  zone: link("zones/europe-west1-b"),
  networkInterfaces: [
    {
      name: "nic0",
      network: "https://compute.googleapis.com/compute/v1/projects/host-project/global/networks/shared",
      accessConfigs: [{ type: "ONE_TO_ONE_NAT", name: "External NAT" }],
      ipv6AccessConfigs: [{ type: "DIRECT_IPV6", externalIpv6: "2600:1900:4000:1::" }],
    },
  ],
  metadata: { kind: "compute#metadata", fingerprint: "x" },
  selfLink: link("zones/europe-west1-b/instances/bare"),
};

const common = { kind: "gcp.compute.instance", account: "example-project", unread: [] };

it("reads instances of every zone over pages", async () => {
  const list = `${root}/aggregated/instances`;
  const read = await collect(instances, {
    [list]: paged(
      {
        kind: "compute#instanceAggregatedList",
        id: "projects/example-project/aggregated/instances",
        items: {
          "zones/us-central1-a": { instances: [instance("web")] },
          "zones/europe-west1-b": nothing("zones/europe-west1-b"),
        },
        nextPageToken: "next",
      },
      {
        kind: "compute#instanceAggregatedList",
        items: {
          "zones/us-central1-a": nothing("zones/us-central1-a"),
          "zones/europe-west1-b": { instances: [bare] },
        },
      },
    ),
  });
  expect(read).toEqual({
    gaps: [],
    thrown: null,
    calls: [list, list],
    resources: [
      {
        ...common,
        uid: uid("zones/europe-west1-b/instances/bare"),
        region: "europe-west1",
        name: "bare",
        tags: {},
        config: {
          status: "TERMINATED",
          zone: "europe-west1-b",
          machineType: null,
          createdAt: null,
          interfaces: [
            {
              network: "//compute.googleapis.com/projects/host-project/global/networks/shared",
              subnet: null,
              external: [
                { family: "ipv4", address: null },
                { family: "ipv6", address: "2600:1900:4000:1::" },
              ],
            },
          ],
          networkTags: [],
          serviceAccounts: [],
          metadata: { enableOslogin: null, serialPortEnable: null, blockProjectSshKeys: null },
          canIpForward: false,
          shielded: null,
          confidential: null,
          deletionProtection: false,
          disks: [],
        },
      },
      {
        ...common,
        uid: uid("zones/us-central1-a/instances/web"),
        region: "us-central1",
        name: "web",
        tags: { env: "prod" },
        config: {
          status: "RUNNING",
          zone: "us-central1-a",
          machineType: "n2d-standard-2",
          createdAt: "2024-02-03T11:05:06.789Z",
          interfaces: [
            {
              network: uid("global/networks/default"),
              subnet: uid("regions/us-central1/subnetworks/default"),
              external: [{ family: "ipv4", address: "34.68.1.2" }],
            },
          ],
          networkTags: ["http-server"],
          serviceAccounts: [
            {
              email: "123456789012-compute@developer.gserviceaccount.com",
              scopes: ["https://www.googleapis.com/auth/cloud-platform"],
            },
          ],
          metadata: { enableOslogin: "FALSE", serialPortEnable: "1", blockProjectSshKeys: null },
          canIpForward: false,
          shielded: { secureBoot: false, vtpm: true, integrityMonitoring: true },
          confidential: "SEV",
          deletionProtection: true,
          disks: [uid("zones/us-central1-a/disks/web")],
        },
      },
    ],
  });
});

it("keeps apart what an instance's answer lacks, and what Google could not reach", async () => {
  const { metadata: _m, networkInterfaces: _n, ...clipped } = instance("clipped");
  const read = await collect(instances, {
    [`${root}/aggregated/instances`]: {
      kind: "compute#instanceAggregatedList",
      items: { "zones/us-central1-a": { instances: [clipped] } },
      unreachables: ["zones/us-east1-b"],
    },
  });
  expect(read.resources).toMatchObject([{ name: "clipped", unread: ["interfaces", "metadata"] }]);
  expect(read.gaps).toMatchObject([
    { resourceUid: uid("zones/us-central1-a/instances/clipped"), code: "malformed" },
  ]);
  expect(read.thrown).toBeInstanceOf(ListFailed);
});

it("takes an API that is not in use for none of its kind, and a refusal for neither", async () => {
  const list = `${root}/aggregated/instances`;
  expect(await collect(instances, { [list]: disabled() })).toMatchObject({ resources: [], thrown: null });
  expect(await collect(computeProject, { [root]: disabled() })).toMatchObject({
    resources: [],
    thrown: null,
  });
  for (const refusal of [failure(403, "forbidden"), disabled("999"), {}]) {
    const { thrown } = await collect(computeProject, { [root]: refusal });
    expect(thrown).toMatchObject({ operation: "compute.projects.get" });
  }
  const { thrown } = await collect(instances, { [list]: failure(403, "forbidden") });
  expect(thrown).toMatchObject({ operation: "compute.instances.list" });
});

it("reads the project's settings", async () => {
  const answer = {
    kind: "compute#project",
    id: "123456789012",
    creationTimestamp: "2020-01-02T03:04:05.678-08:00",
    name: "example-project",
    commonInstanceMetadata: {
      kind: "compute#metadata",
      fingerprint: "Vw7mLmMXz6U=",
      items: [
        { key: "enable-oslogin", value: "TRUE" },
        { key: "ssh-keys", value: "ann:ssh-ed25519 AAAA ann" },
      ],
    },
    quotas: [{ metric: "SNAPSHOTS", limit: 1000.0, usage: 1.0 }],
    selfLink: link("").slice(0, -1),
    defaultServiceAccount: "123456789012-compute@developer.gserviceaccount.com",
    xpnProjectStatus: "UNSPECIFIED_XPN_PROJECT_STATUS",
  };
  const read = await collect(computeProject, { [root]: answer });
  const project = {
    uid: "//compute.googleapis.com/projects/example-project",
    kind: "gcp.compute.project",
    account: "example-project",
    region: "global",
    name: "example-project",
    tags: {},
  };
  expect(read.resources).toEqual([
    {
      ...project,
      config: {
        defaultServiceAccount: "123456789012-compute@developer.gserviceaccount.com",
        metadata: { enableOslogin: "TRUE", serialPortEnable: null, blockProjectSshKeys: null },
      },
      unread: [],
    },
  ]);
  const { commonInstanceMetadata: _, ...clipped } = answer;
  expect(await collect(computeProject, { [root]: clipped })).toMatchObject({
    resources: [{ ...project, unread: ["metadata"] }],
    gaps: [{ code: "malformed" }],
  });
});

it("reads disks of zones and regions, and whose key they have", async () => {
  const disk = (name: string, place: string, rest: object) => ({
    kind: "compute#disk",
    id: "7",
    creationTimestamp: "2024-02-03T04:05:06.789-07:00",
    name,
    sizeGb: "10",
    [place.startsWith("zones") ? "zone" : "region"]: link(place),
    status: "READY",
    selfLink: link(`${place}/disks/${name}`),
    type: link(`${place}/diskTypes/pd-balanced`),
    ...rest,
  });
  const key = "projects/p/locations/us/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
  const read = await collect(disks, {
    [`${root}/aggregated/disks`]: {
      kind: "compute#diskAggregatedList",
      items: {
        "zones/us-central1-a": {
          disks: [
            disk("a", "zones/us-central1-a", { users: [link("zones/us-central1-a/instances/web")] }),
            disk("b", "zones/us-central1-a", {
              diskEncryptionKey: { sha256: "abc=" },
              labels: { env: "prod" },
            }),
          ],
        },
        "regions/us-east1": {
          disks: [disk("c", "regions/us-east1", { diskEncryptionKey: { kmsKeyName: key } })],
        },
      },
    },
  });
  const place = { kind: "gcp.compute.disk", account: "example-project", unread: [] };
  const config = {
    zone: "us-central1-a",
    sizeGib: 10,
    type: "pd-balanced",
    status: "READY",
    createdAt: "2024-02-03T11:05:06.789Z",
    kmsKeyName: null,
    attachedTo: [],
  };
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("regions/us-east1/disks/c"),
      region: "us-east1",
      name: "c",
      tags: {},
      config: { ...config, zone: null, encryption: "kms", kmsKeyName: key },
    },
    {
      ...place,
      uid: uid("zones/us-central1-a/disks/a"),
      region: "us-central1",
      name: "a",
      tags: {},
      config: { ...config, encryption: "google", attachedTo: [uid("zones/us-central1-a/instances/web")] },
    },
    {
      ...place,
      uid: uid("zones/us-central1-a/disks/b"),
      region: "us-central1",
      name: "b",
      tags: { env: "prod" },
      config: { ...config, encryption: "customer-supplied" },
    },
  ]);
});
