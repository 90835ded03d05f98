import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { sqlInstances } from "./cloudsql.ts";
import { collect, disabled, failure, paged } from "./test-answers.ts";

const list = "GET sqladmin.googleapis.com/v1/projects/example-project/instances";

/** As the reference shows an instance: https://docs.cloud.google.com/sql/docs/mysql/admin-api/rest/v1/instances */
const instance = (name: string, databaseVersion: string, settings: object, rest: object = {}) => ({
  kind: "sql#instance",
  state: "RUNNABLE",
  databaseVersion,
  settings: {
    kind: "sql#settings",
    settingsVersion: "12",
    tier: "db-custom-2-7680",
    availabilityType: "REGIONAL",
    pricingPlan: "PER_USE",
    replicationType: "SYNCHRONOUS",
    activationPolicy: "ALWAYS",
    ...settings,
  },
  etag: "--redacted--",
  project: "example-project",
  backendType: "SECOND_GEN",
  selfLink: `https://sqladmin.googleapis.com/v1/projects/example-project/instances/${name}`,
  connectionName: `example-project:europe-west3:${name}`,
  name,
  region: "europe-west3",
  gceZone: "europe-west3-a",
  createTime: "2024-02-03T04:05:06.789Z",
  ...rest,
});

const common = {
  kind: "gcp.cloudsql.instance",
  account: "example-project",
  region: "europe-west3",
  unread: [],
};
const uid = (name: string) => `//cloudsql.googleapis.com/projects/example-project/instances/${name}`;
const config = {
  instanceType: "CLOUD_SQL_INSTANCE",
  state: "RUNNABLE",
  tier: "db-custom-2-7680",
  createdAt: "2024-02-03T04:05:06.789Z",
  privateNetwork: null,
  kmsKeyName: null,
  availability: "REGIONAL",
};

it("reads instances of every engine over pages", async () => {
  const read = await collect(sqlInstances, {
    [list]: paged(
      {
        kind: "sql#instancesList",
        items: [
          instance(
            "a-mysql",
            "MYSQL_8_0",
            {
              userLabels: { team: "web" },
              ipConfiguration: {
                ipv4Enabled: true,
                requireSsl: false,
                sslMode: "ENCRYPTED_ONLY",
                authorizedNetworks: [
                  { kind: "sql#aclEntry", name: "all", value: "0.0.0.0/0" },
                  { kind: "sql#aclEntry", value: "203.0.113.7", expirationTime: "2026-05-06T07:08:09Z" },
                ],
              },
              backupConfiguration: {
                kind: "sql#backupConfiguration",
                enabled: true,
                binaryLogEnabled: true,
                startTime: "18:00",
                location: "eu",
              },
              databaseFlags: [{ name: "local_infile", value: "off" }, { name: "skip_show_database" }],
              deletionProtectionEnabled: true,
            },
            {
              instanceType: "CLOUD_SQL_INSTANCE",
              ipAddresses: [
                { type: "PRIMARY", ipAddress: "34.89.1.2" },
                { type: "OUTGOING", ipAddress: "34.89.1.3" },
              ],
              diskEncryptionConfiguration: { kind: "sql#diskEncryptionConfiguration", kmsKeyName: "k" },
            },
          ),
        ],
        nextPageToken: "next",
      },
      {
        kind: "sql#instancesList",
        items: [
          instance(
            "b-replica",
            "POSTGRES_17",
            {
              ipConfiguration: {
                ipv4Enabled: false,
                privateNetwork: "projects/example-project/global/networks/main",
                requireSsl: true,
              },
              backupConfiguration: { kind: "sql#backupConfiguration", startTime: "18:00" },
            },
            { instanceType: "READ_REPLICA_INSTANCE" },
          ),
          // From before there were modes, with the address alone to tell.
          instance(
            "c-old",
            "SQLSERVER_2019_STANDARD",
            { ipConfiguration: { sslMode: "SSL_MODE_UNSPECIFIED" }, backupConfiguration: { enabled: false } },
            { ipAddresses: [{ type: "PRIMARY", ipAddress: "34.89.1.4" }] },
          ),
        ],
      },
    ),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null, calls: [list, list] });
  expect(read.resources).toEqual([
    {
      ...common,
      uid: uid("a-mysql"),
      name: "a-mysql",
      tags: { team: "web" },
      config: {
        ...config,
        engine: "mysql",
        version: "MYSQL_8_0",
        publicIp: true,
        addresses: [
          { type: "PRIMARY", address: "34.89.1.2" },
          { type: "OUTGOING", address: "34.89.1.3" },
        ],
        authorizedNetworks: [
          { name: "all", cidr: "0.0.0.0/0", expiresAt: null },
          { name: null, cidr: "203.0.113.7", expiresAt: "2026-05-06T07:08:09.000Z" },
        ],
        sslMode: "encrypted-only",
        backups: { enabled: true, pointInTime: true, location: "eu" },
        flags: { local_infile: "off", skip_show_database: "on" },
        deletionProtection: true,
        kmsKeyName: "k",
      },
    },
    {
      ...common,
      uid: uid("b-replica"),
      name: "b-replica",
      tags: {},
      config: {
        ...config,
        engine: "postgres",
        version: "POSTGRES_17",
        instanceType: "READ_REPLICA_INSTANCE",
        publicIp: false,
        addresses: [],
        privateNetwork: "projects/example-project/global/networks/main",
        authorizedNetworks: [],
        sslMode: "client-certificate",
        backups: { enabled: false, pointInTime: false, location: null },
        flags: {},
        deletionProtection: false,
      },
    },
    {
      ...common,
      uid: uid("c-old"),
      name: "c-old",
      tags: {},
      config: {
        ...config,
        engine: "sqlserver",
        version: "SQLSERVER_2019_STANDARD",
        publicIp: true,
        addresses: [{ type: "PRIMARY", address: "34.89.1.4" }],
        authorizedNetworks: [],
        sslMode: "unencrypted-allowed",
        backups: { enabled: false, pointInTime: false, location: null },
        flags: {},
        deletionProtection: false,
      },
    },
  ]);
});

it("keeps absent what an answer leaves out", async () => {
  const { settings: _, ...clipped } = instance("clipped", "MYSQL_8_4", {});
  const read = await collect(sqlInstances, { [list]: { kind: "sql#instancesList", items: [clipped] } });
  expect(read.resources).toMatchObject([
    {
      name: "clipped",
      unread: ["publicIp", "authorizedNetworks", "sslMode", "backups", "flags", "deletionProtection"],
    },
  ]);
  expect(read.gaps).toMatchObject([{ resourceUid: uid("clipped"), code: "malformed" }]);
});

it("knows an empty list from one that is not whole", async () => {
  const empty = { kind: "sql#instancesList" };
  expect(await collect(sqlInstances, { [list]: empty })).toMatchObject({ resources: [], thrown: null });
  expect(await collect(sqlInstances, { [list]: disabled() })).toMatchObject({ resources: [], thrown: null });
  const warnings = [{ code: "REGION_UNREACHABLE", message: "Said by a test.", region: "us-east1" }];
  const part = { ...empty, warnings, items: [instance("a", "MYSQL_8_4", {})] };
  const read = await collect(sqlInstances, { [list]: part });
  expect(read.resources).toMatchObject([{ name: "a" }]);
  expect(read.thrown).toBeInstanceOf(ListFailed);
  const refused = await collect(sqlInstances, { [list]: failure(403, "notAuthorized") });
  expect(refused.thrown).toMatchObject({ operation: "cloudsql.instances.list" });
});
