import type { sqladmin_v1 } from "googleapis/build/src/apis/sqladmin/v1.js";
import { cut, MalformedAnswer, oneOf, readPromised, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { CloudSqlKinds } from "./cloudsql.kinds.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { textOrNull } from "./compute-common.ts";
import { listAll, timeFrom } from "./list.ts";

type Instance = CloudSqlKinds["gcp.cloudsql.instance"];

export const sqlInstances: GcpCollector<"gcp.cloudsql.instance"> = {
  kind: "gcp.cloudsql.instance",
  cloud: "gcp",
  service: "cloudsql",
  scope: "global",
  permissions: ["cloudsql.instances.list"],
  collect: async function* (context) {
    const api = await context.clients.sqladmin();
    const found = listAll(
      context,
      "cloudsql.instances.list",
      async (page, options) => {
        const request = { project: context.account, maxResults: 500, ...page };
        const { data } = await api.instances.list(request, options);
        // Unlike others, this API says by warnings which regions it left out.
        const unreachable = (data.warnings ?? [])
          .filter(({ code }) => code === "REGION_UNREACHABLE")
          .map(({ region }) => region ?? "a region");
        return { data: { ...data, unreachable } };
      },
      (page) => page.items,
    );
    yield* context.each(found, (instance) => describeInstance(context, instance));
  },
};

async function describeInstance(
  context: GcpContext,
  instance: sqladmin_v1.Schema$DatabaseInstance,
): Promise<Resource<"gcp.cloudsql.instance">> {
  const { account } = context;
  const name = required(instance.name, "name");
  const uid = `//cloudsql.googleapis.com/projects/${account}/instances/${name}`;
  const version = required(instance.databaseVersion, "databaseVersion");
  const { settings, ipAddresses = [] } = instance;
  const addresses = ipAddresses.map(({ type, ipAddress }) => ({
    type: cut(required(type, "type")),
    address: cut(required(ipAddress, "ipAddress")),
  }));
  const { ipConfiguration: ip, backupConfiguration: backup, databaseFlags } = settings ?? {};
  const { read, unread } = await readPromised(context, uid, "cloudsql.instances.list", {
    publicIp: ip && (ip.ipv4Enabled ?? addresses.some(({ type }) => type === "PRIMARY")),
    authorizedNetworks: ip && (ip.authorizedNetworks ?? []).map(networkOf),
    sslMode: ip && sslModeOf(ip),
    backups: backup && {
      enabled: backup.enabled ?? false,
      pointInTime: (backup.pointInTimeRecoveryEnabled || backup.binaryLogEnabled) ?? false,
      location: textOrNull(backup.location),
    },
    flags: settings && flagsOf(databaseFlags ?? []),
    deletionProtection: settings && (settings.deletionProtectionEnabled ?? false),
  });
  return {
    uid,
    kind: "gcp.cloudsql.instance",
    account,
    region: cut(required(instance.region, "region")),
    name,
    tags: tagRecord(Object.entries(settings?.userLabels ?? {})),
    config: {
      engine: engineOf(version),
      version: cut(version),
      instanceType: textOrNull(instance.instanceType) ?? "CLOUD_SQL_INSTANCE",
      state: cut(required(instance.state, "state")),
      tier: textOrNull(settings?.tier),
      createdAt: timeFrom(instance.createTime),
      addresses,
      privateNetwork: textOrNull(ip?.privateNetwork),
      kmsKeyName: textOrNull(instance.diskEncryptionConfiguration?.kmsKeyName),
      availability: textOrNull(settings?.availabilityType),
      ...read,
    },
    unread,
  };
}

function engineOf(version: string): Instance["engine"] {
  if (version.startsWith("MYSQL_")) return "mysql";
  if (version.startsWith("POSTGRES_")) return "postgres";
  if (version.startsWith("SQLSERVER_")) return "sqlserver";
  throw new MalformedAnswer(`The answer's databaseVersion is "${cut(version)}".`);
}

const networkOf = ({ name, value, expirationTime }: sqladmin_v1.Schema$AclEntry) => ({
  name: textOrNull(name),
  cidr: cut(required(value, "value")),
  expiresAt: timeFrom(expirationTime),
});

const sslModes = {
  ALLOW_UNENCRYPTED_AND_ENCRYPTED: "unencrypted-allowed",
  ENCRYPTED_ONLY: "encrypted-only",
  TRUSTED_CLIENT_CERTIFICATE_REQUIRED: "client-certificate",
} as const;

/** The mode wins over `requireSsl`, which stands alone on instances from before there were modes. */
function sslModeOf({ sslMode, requireSsl }: sqladmin_v1.Schema$IpConfiguration): Instance["sslMode"] {
  if (sslMode && sslMode !== "SSL_MODE_UNSPECIFIED") {
    return sslModes[oneOf(sslMode, Object.keys(sslModes) as (keyof typeof sslModes)[], "sslMode")];
  }
  return requireSsl ? "client-certificate" : "unencrypted-allowed";
}

/** A flag without a value is one that is on by being there. */
const flagsOf = (flags: readonly sqladmin_v1.Schema$DatabaseFlags[]): Record<string, string> =>
  Object.fromEntries(flags.map(({ name, value }) => [cut(required(name, "name")), cut(value ?? "on")]));
