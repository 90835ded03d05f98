import { expect, it } from "vitest";
import { keys } from "./kms.ts";
import { collect, disabled, type GcpAnswer, project, rpcFailure } from "./test-answers.ts";

const host = "GET cloudkms.googleapis.com/v1";
const parent = `projects/${project.id}`;
const ring = (location: string, name: string) => `${parent}/locations/${location}/keyRings/${name}`;

const locations = (...ids: string[]) => ({
  locations: ids.map((locationId) => ({
    name: `${parent}/locations/${locationId}`,
    locationId,
    metadata: {
      "@type": "type.googleapis.com/google.cloud.kms.v1.LocationMetadata",
      hsmAvailable: true,
      ekmAvailable: true,
    },
  })),
});

/** As the reference shows a key: https://docs.cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys */
const key = (name: string, rest: object = {}) => ({
  name: `${ring("europe-west3", "orders")}/cryptoKeys/${name}`,
  primary: {
    name: `${ring("europe-west3", "orders")}/cryptoKeys/${name}/cryptoKeyVersions/4`,
    state: "ENABLED",
    createTime: "2025-11-20T10:00:00.123456789Z",
    protectionLevel: "HSM",
    algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
    generateTime: "2025-11-20T10:00:00.123456789Z",
  },
  purpose: "ENCRYPT_DECRYPT",
  createTime: "2024-02-20T10:00:00.123456789Z",
  nextRotationTime: "2026-02-18T10:00:00.123456789Z",
  rotationPeriod: "7776000s",
  versionTemplate: { protectionLevel: "HSM", algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION" },
  labels: { team: "payments" },
  destroyScheduledDuration: "2592000s",
  ...rest,
});
const signing = key("signing", {
  purpose: "ASYMMETRIC_SIGN",
  primary: undefined,
  rotationPeriod: undefined,
  nextRotationTime: undefined,
  labels: undefined,
  versionTemplate: { protectionLevel: "SOFTWARE", algorithm: "EC_SIGN_P256_SHA256" },
});

const orders = ring("europe-west3", "orders");
const policy = { version: 1, etag: "BwYx", bindings: [{ role: "roles/viewer", members: ["allUsers"] }] };

/** One ring with the given keys in Frankfurt, and nothing in the other places. */
const answers = (...found: object[]): Record<string, GcpAnswer> => ({
  [`${host}/${parent}/locations`]: locations("europe-west3", "global", "us"),
  [`${host}/${parent}/locations/europe-west3/keyRings`]: {
    keyRings: [{ name: orders, createTime: "2024-02-20T09:00:00Z" }],
    totalSize: 1,
  },
  [`${host}/${parent}/locations/global/keyRings`]: {},
  [`${host}/${parent}/locations/us/keyRings`]: { totalSize: 0 },
  [`${host}/${orders}/cryptoKeys`]: { cryptoKeys: found, totalSize: found.length },
  [`${host}/${orders}:getIamPolicy`]: policy,
  [`${host}/${orders}/cryptoKeys/cards:getIamPolicy`]: { etag: "ACAB" },
  [`${host}/${orders}/cryptoKeys/signing:getIamPolicy`]: policy,
});

const uid = (name: string) => `//cloudkms.googleapis.com/${orders}/cryptoKeys/${name}`;
const place = { kind: "gcp.kms.key", account: project.id, region: "europe-west3" };
const open = [{ role: "roles/viewer", members: ["allUsers"], condition: null }];

it("reads the keys of every location, with the policies of key and ring", async () => {
  const read = await collect(keys, answers(key("cards"), signing));
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("cards"),
      name: "cards",
      tags: { team: "payments" },
      config: {
        createdAt: "2024-02-20T10:00:00.123Z",
        keyRing: "orders",
        purpose: "ENCRYPT_DECRYPT",
        protectionLevel: "HSM",
        importOnly: false,
        primaryState: "ENABLED",
        primaryCreatedAt: "2025-11-20T10:00:00.123Z",
        rotationPeriodSeconds: 7_776_000,
        nextRotationAt: "2026-02-18T10:00:00.123Z",
        bindings: [],
        keyRingBindings: open,
      },
      unread: [],
    },
    {
      ...place,
      uid: uid("signing"),
      name: "signing",
      tags: {},
      config: {
        createdAt: "2024-02-20T10:00:00.123Z",
        keyRing: "orders",
        purpose: "ASYMMETRIC_SIGN",
        protectionLevel: "SOFTWARE",
        importOnly: false,
        primaryState: null,
        primaryCreatedAt: null,
        rotationPeriodSeconds: null,
        nextRotationAt: null,
        bindings: open,
        keyRingBindings: open,
      },
      unread: [],
    },
  ]);
  const asked = read.calls.filter((call) => call === `${host}/${orders}:getIamPolicy`);
  expect(asked).toHaveLength(1);
});

it("makes a policy that may not be read a gap on each key concerned", async () => {
  const read = await collect(keys, {
    ...answers(key("cards")),
    [`${host}/${orders}:getIamPolicy`]: rpcFailure(403, "PERMISSION_DENIED"),
    [`${host}/${orders}/cryptoKeys/cards:getIamPolicy`]: rpcFailure(403, "PERMISSION_DENIED"),
  });
  expect(read.resources[0]?.unread).toEqual(["bindings", "keyRingBindings"]);
  expect(read.resources[0]?.config).not.toHaveProperty("bindings");
  const denied = {
    resourceUid: uid("cards"),
    code: "denied",
    message: "PERMISSION_DENIED: Said by a test.",
  };
  expect(read.gaps).toEqual([
    { ...denied, operation: "cloudkms.cryptoKeys.getIamPolicy" },
    { ...denied, operation: "cloudkms.keyRings.getIamPolicy" },
  ]);
});

it("keeps what other places hold when one can't be read", async () => {
  const read = await collect(keys, {
    ...answers(key("cards")),
    [`${host}/${parent}/locations/global/keyRings`]: rpcFailure(403, "PERMISSION_DENIED"),
  });
  expect(read.resources.map(({ name }) => name)).toEqual(["cards"]);
  expect(read.thrown).toMatchObject({ operation: "cloudkms.keyRings.list" });
});

it("takes a rotation period that it can't read for unread, not for none", async () => {
  const read = await collect(keys, answers(key("cards", { rotationPeriod: "P90D" })));
  expect(read.resources[0]?.unread).toEqual(["rotationPeriodSeconds"]);
  expect(read.gaps).toMatchObject([{ code: "malformed", operation: "cloudkms.cryptoKeys.list" }]);
});

it("has no keys where the API is not in use", async () => {
  const read = await collect(keys, { [`${host}/${parent}/locations`]: disabled() });
  expect(read).toMatchObject({ resources: [], gaps: [], thrown: null });
});

it("does not take the API's being off elsewhere for there being no keys", async () => {
  const read = await collect(keys, { [`${host}/${parent}/locations`]: disabled("5550001") });
  expect(read.thrown).toMatchObject({ operation: "cloudkms.locations.list" });
});

it("leaves out a key that was destroyed meanwhile", async () => {
  const { [`${host}/${orders}/cryptoKeys/cards:getIamPolicy`]: _gone, ...rest } = answers(key("cards"));
  expect(await collect(keys, rest)).toMatchObject({ resources: [], gaps: [], thrown: null });
});
