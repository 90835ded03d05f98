import { expect, it } from "vitest";
import { clusters } from "./dataproc.ts";
import { collect, disabled, paged, project, rpcFailure } from "./test-answers.ts";

const regions = `GET compute.googleapis.com/compute/v1/projects/${project.id}/regions`;
const at = (region: string) =>
  `GET dataproc.googleapis.com/v1/projects/${project.id}/regions/${region}/clusters`;
const regionList = (...names: string[]) => ({
  kind: "compute#regionList",
  id: `projects/${project.id}/regions`,
  items: names.map((name) => ({ kind: "compute#region", name, status: "UP" })),
});

/** As the reference shows a cluster: https://docs.cloud.google.com/dataproc/docs/reference/rest/v1/projects.regions.clusters */
const cluster = (clusterName: string, rest: object = {}) => ({
  projectId: project.id,
  clusterName,
  config: {
    configBucket: "dataproc-staging-eu",
    gceClusterConfig: { zoneUri: "europe-west3-b", networkUri: "default" },
    masterConfig: { numInstances: 1, machineTypeUri: "n2-standard-4" },
    softwareConfig: { imageVersion: "2.2.40-debian12" },
  },
  status: { state: "RUNNING", stateStartTime: "2026-01-05T10:00:00Z" },
  clusterUuid: "6e6a5c1e-7c1b-4d57-9a44-0b6d1a0e9c11",
  labels: { "goog-dataproc-cluster-name": clusterName },
  ...rest,
});
const key = "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k";
const encrypted = (encryptionConfig: object) => ({ config: { configBucket: "b", encryptionConfig } });

it("reads clusters region by region", async () => {
  const read = await collect(clusters, {
    [regions]: paged({ ...regionList("europe-west3"), nextPageToken: "t" }, regionList("us-central1")),
    [at("europe-west3")]: {
      clusters: [
        cluster("plain"),
        cluster("own", encrypted({ gcePdKmsKeyName: key })),
        cluster("newer", encrypted({ kmsKey: key })),
      ],
    },
    [at("us-central1")]: {
      clusters: [
        cluster("gke", { config: undefined, virtualClusterConfig: { stagingBucket: "b" } }),
        cluster("cut", { config: undefined, status: undefined, labels: undefined }),
      ],
    },
  });
  const uid = (region: string, name: string) =>
    `//dataproc.googleapis.com/projects/${project.id}/regions/${region}/clusters/${name}`;
  const told = read.resources.map(({ uid, config, unread }) => ({ uid, config, unread }));
  const running = { state: "RUNNING", isVirtual: false };
  expect(read.thrown).toBeNull();
  expect(told).toEqual([
    { uid: uid("europe-west3", "newer"), config: { ...running, diskKmsKey: key }, unread: [] },
    { uid: uid("europe-west3", "own"), config: { ...running, diskKmsKey: key }, unread: [] },
    { uid: uid("europe-west3", "plain"), config: { ...running, diskKmsKey: null }, unread: [] },
    { uid: uid("us-central1", "cut"), config: { state: null, isVirtual: false }, unread: ["diskKmsKey"] },
    {
      uid: uid("us-central1", "gke"),
      config: { ...running, isVirtual: true, diskKmsKey: null },
      unread: [],
    },
  ]);
  expect(read.gaps).toMatchObject([
    { operation: "dataproc.clusters.list", code: "malformed", resourceUid: uid("us-central1", "cut") },
  ]);
  expect(read.resources.find(({ name }) => name === "own")).toMatchObject({
    kind: "gcp.dataproc.cluster",
    account: project.id,
    region: "europe-west3",
    tags: { "goog-dataproc-cluster-name": "own" },
  });
});

it("keeps what other regions hold when one can't be read", async () => {
  const read = await collect(clusters, {
    [regions]: regionList("europe-west1", "europe-west3"),
    [at("europe-west1")]: rpcFailure(403, "PERMISSION_DENIED"),
    [at("europe-west3")]: { clusters: [cluster("plain")] },
  });
  expect(read.resources.map(({ name }) => name)).toEqual(["plain"]);
  expect(read.thrown).toMatchObject({ operation: "dataproc.clusters.list" });
});

it("has no clusters where it or Compute Engine is not in use", async () => {
  const nothing = { resources: [], gaps: [], thrown: null };
  expect(await collect(clusters, { [regions]: disabled() })).toMatchObject(nothing);
  const read = await collect(clusters, {
    [regions]: regionList("europe-west3"),
    [at("europe-west3")]: disabled(),
  });
  expect(read).toMatchObject(nothing);
});

it("names the regions' permission when they can't be listed", async () => {
  const read = await collect(clusters, { [regions]: rpcFailure(403, "PERMISSION_DENIED") });
  expect(read.thrown).toMatchObject({ operation: "compute.regions.list" });
});
