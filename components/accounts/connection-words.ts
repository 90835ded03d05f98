import type { Cloud } from "#lib/inventory/model.ts";

const types: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  aws: {
    assume_role: "Assumes a role",
    profile: "A profile on Parapet's machine",
    ambient: "What Parapet's machine is allowed",
  },
  azure: {
    client_secret: "A service principal with a secret",
    client_certificate: "A service principal with a certificate",
    default: "What Parapet's machine is allowed",
  },
  gcp: {
    impersonate: "Impersonates a service account",
    workload_identity: "Workload identity federation",
    application_default: "What Parapet's machine is allowed",
  },
};

/** A way of connecting in words. */
export const connectionTypeWords = (cloud: Cloud, type: string): string => types[cloud][type] ?? type;

const names: Readonly<Record<string, string>> = {
  roleArn: "Role",
  externalId: "External id",
  profile: "Profile",
  "source.type": "Starts from",
  "source.profile": "Profile it starts from",
  endpointUrl: "Endpoint",
  tenantId: "Tenant",
  clientId: "Client",
  cloud: "Cloud",
  serviceAccount: "Service account",
  delegates: "By way of",
  "configuration.audience": "Identity pool",
  "configuration.service_account_impersonation_url": "Impersonates",
  "emulator.resourceManagerUrl": "Resource Manager",
};

/** What the rest of a configuration says is its own file's business. */
const isShown = (path: string) =>
  path !== "type" &&
  !(path.startsWith("configuration.") && !(path in names)) &&
  !(path.startsWith("emulator.") && !(path in names));

export type Fact = { name: string; value: string };

const sources: Readonly<Record<string, string>> = {
  ambient: "the machine's own identity",
  application_default: "the machine's own identity",
};

/** What a connection says, as names and values; `connection` holds no secrets. */
export function connectionFacts(connection: Readonly<Record<string, unknown>>): Fact[] {
  return flatten(connection)
    .filter(([path]) => isShown(path))
    .map(([path, value]) => ({
      name: names[path] ?? path,
      value: path === "source.type" ? (sources[value] ?? value) : value,
    }));
}

function flatten(value: Readonly<Record<string, unknown>>, under = ""): [path: string, value: string][] {
  return Object.entries(value).flatMap(([name, each]): [string, string][] => {
    const path = under ? `${under}.${name}` : name;
    if (Array.isArray(each)) return [[path, each.map(String).join(", ")]];
    if (typeof each === "object" && each !== null)
      return flatten(Object.fromEntries(Object.entries(each)), path);
    return each === undefined || each === null ? [] : [[path, String(each)]];
  });
}
