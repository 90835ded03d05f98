import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { AwsConnection } from "../clouds/aws/credentials.ts";
import { AzureConnection, azureSecretsOf } from "../clouds/azure/connection.ts";
import { isNearby } from "../clouds/emulator.ts";
import { GcpConnection } from "../clouds/gcp/connection.ts";
import { env } from "../env.ts";
import { DomainError } from "../errors.ts";
import type { AccountLevel } from "../inventory/collector.ts";
import type { Cloud } from "../inventory/model.ts";
import { isTrusted } from "./trusted-emulators.ts";

/** How an account of each cloud is reached. Stored with the account in clear: it names its secrets and holds none. */
export type Connection = { aws: AwsConnection; azure: AzureConnection; gcp: GcpConnection };

export const connectionSchemas: { [C in Cloud]: z.ZodType<Connection[C]> } = {
  aws: AwsConnection,
  azure: AzureConnection,
  gcp: GcpConnection,
};

/** What the provider's ids look like; a legacy Google project begins with its domain, as in `example.com:project`. */
export const ExternalId: { [C in Cloud]: z.ZodType<string, string> } = {
  aws: z
    .string()
    .trim()
    .regex(/^\d{12}$/, "An AWS account id has 12 digits."),
  azure: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      "A subscription's or tenant's id looks like 11111111-2222-3333-4444-555555555555.",
    ),
  gcp: z
    .string()
    .trim()
    .regex(
      /^(?:[a-z0-9][a-z0-9.-]{0,61}\.[a-z]{2,}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      "A Google Cloud project id has 6 to 30 lower-case letters, digits and hyphens, and begins with a letter.",
    ),
};

/** Secrets by name, as `secretsOf` asks for them. They go into the store sealed, and nowhere else. */
export const Secrets = z
  .record(z.string().max(64), z.string().min(1, "It is empty.").max(100_000, "It is too long."))
  .default({});

/** The names of the secrets that a connection takes, such as `clientSecret`. */
export function secretsOf(cloud: Cloud, connection: Connection[Cloud]): readonly string[] {
  return cloud === "azure" && isAzure(connection) ? azureSecretsOf[connection.type] : [];
}

const isAzure = (connection: Connection[Cloud]): connection is AzureConnection =>
  connection.type in azureSecretsOf;

/**
 * Parses a connection of a cloud. Throws a DomainError (`invalid_input`) with fields such as `connection.roleArn`.
 *
 * @param field The field of the caller's input that the connection came in.
 */
export function parseConnection<C extends Cloud>(
  cloud: C,
  raw: unknown,
  field = "connection",
): Connection[C] {
  const schema: z.ZodType<Connection[C]> = connectionSchemas[cloud];
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [[field, ...issue.path].join("."), issue.message]),
  );
  const named = Object.entries(fields).map(([name, message]) => `${name}: ${message}`);
  throw new DomainError("invalid_input", `Nothing was changed. ${named.join("; ")}`, { fields });
}

/**
 * Refuses secrets that the connection doesn't take, and a connection whose secrets are neither given nor stored. Stored
 * ones stay good only while nothing about the connection changes: whoever could keep them and name another address for the
 * login would be sent them.
 *
 * @param present What is stored: the connection as it is, and the names of its secrets.
 */
export function checkSecrets(
  cloud: Cloud,
  connection: Connection[Cloud],
  given: Readonly<Record<string, string>>,
  present: { connection: unknown; secrets: readonly string[] } | null = null,
): void {
  refuseStrangeEmulator(connection);
  const wanted = secretsOf(cloud, connection);
  const stored = present && isDeepStrictEqual(present.connection, connection) ? present.secrets : [];
  const strange = Object.keys(given).filter((name) => !wanted.includes(name));
  const lacking = wanted.filter((name) => !(name in given) && !stored.includes(name));
  const fields = Object.fromEntries([
    ...strange.map((name) => [`secrets.${name}`, "This way of connecting takes no such secret."]),
    ...lacking.map((name) => [
      `secrets.${name}`,
      present?.secrets.includes(name)
        ? "The connection changes, so enter it again."
        : "This way of connecting needs it.",
    ]),
  ]);
  const named = Object.entries(fields).map(([name, message]) => `${name}: ${message}`);
  if (named.length > 0)
    throw new DomainError("invalid_input", `Nothing was changed. ${named.join("; ")}`, { fields });
}

/**
 * Refuses an emulator that is not the sandbox's: whoever named another would be sent what was meant for the provider.
 * Every connection that somebody enters goes through here before anything is sent. Throws a DomainError (`invalid_input`).
 */
export function refuseStrangeEmulator(connection: Connection[Cloud]): void {
  const field = ["endpointUrl", "emulator"].find((name) => Reflect.get(connection, name) !== undefined);
  if (field === undefined) return;
  const isTheSandbox = env().sandbox || isTrusted(connection);
  if (isTheSandbox && isNearby(connection)) return;
  const problem = isTheSandbox
    ? "An emulator has to be on this machine."
    : "Only a Parapet in sandbox mode talks to anything but the provider itself.";
  throw new DomainError("invalid_input", `Nothing was changed. connection.${field}: ${problem}`, {
    fields: { [`connection.${field}`]: problem },
  });
}

/** Refuses a directory anywhere but in Azure, and one whose id is not that of the tenant that it is reached in. */
export function checkLevel(
  account: { cloud: Cloud; level: AccountLevel; externalId: string },
  connection: Connection[Cloud],
): void {
  if (account.level === "account") return;
  const tenant = "tenantId" in connection ? connection.tenantId : undefined;
  if (account.cloud === "azure" && (tenant === undefined || tenant === account.externalId)) return;
  const externalId =
    account.cloud === "azure"
      ? `A directory's id is its tenant's, which the connection says is ${tenant}.`
      : "Only Azure has directories.";
  throw new DomainError("invalid_input", `Nothing was changed. externalId: ${externalId}`, {
    fields: { externalId },
  });
}
