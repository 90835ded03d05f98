import type { Command } from "commander";
import { type Connection, parseConnection } from "#lib/accounts/connection.ts";
import { DomainError } from "#lib/errors.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { oneOf, repeatable } from "../options.ts";
import { readOrExplain, type SecretOptions, withSecretOptions } from "./secret-input.ts";

export type ConnectionOptions = SecretOptions & {
  profile?: string;
  roleArn?: string;
  externalId?: string;
  tenant?: string;
  clientId?: string;
  azureCloud?: "public" | "usgovernment" | "china";
  serviceAccount?: string;
  delegate: string[];
  credentialConfiguration?: string;
};

/** The options that say how an account is reached, of every cloud; without any, it is by the machine's own credentials. */
export const withConnectionOptions = (command: Command): Command =>
  withSecretOptions(
    command
      .option("--profile <name>", "AWS: the profile to use (default: the SDK's own chain)")
      .option("--role-arn <arn>", "AWS: the role to assume in the account, starting from those credentials")
      .option("--external-id <id>", "AWS: the external id that the role's trust policy asks for")
      .option("--tenant <id>", "Azure: the Microsoft Entra tenant")
      .option("--client-id <id>", "Azure: the application (default: the SDK's own chain)")
      .option(
        "--azure-cloud <name>",
        "Azure: public, usgovernment, china",
        oneOf(["public", "usgovernment", "china"]),
      )
      .option("--service-account <e-mail>", "Google Cloud: the service account to impersonate")
      .option(
        "--delegate <e-mail>",
        "Google Cloud: a service account on the way there (repeatable)",
        repeatable,
        [],
      )
      .option(
        "--credential-configuration <file>",
        "Google Cloud: the file of a workload identity federation",
      ),
  );

const optionsOf: Record<Cloud, readonly (keyof ConnectionOptions)[]> = {
  aws: ["profile", "roleArn", "externalId"],
  azure: ["tenant", "clientId", "azureCloud", "clientSecretFile", "clientSecretEnv", "certificateFile"],
  gcp: ["serviceAccount", "credentialConfiguration"],
};

const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Whether any option says how the account is reached. */
export const saysHow = (options: ConnectionOptions): boolean =>
  Object.values(optionsOf)
    .flat()
    .some((option) => options[option] !== undefined) || options.delegate.length > 0;

/** The connection that the options come to. Throws a DomainError that names the option which doesn't go with the others. */
export function connectionOf(cloud: Cloud, options: ConnectionOptions): Connection[Cloud] {
  for (const other of Object.values(optionsOf).flat()) {
    if (options[other] !== undefined && !optionsOf[cloud].includes(other)) {
      throw new DomainError("invalid_input", `${flagOf(other)} doesn't go with ${cloud}.`);
    }
  }
  return parseConnection(cloud, { aws: awsOf, azure: azureOf, gcp: gcpOf }[cloud](options));
}

function awsOf({ profile, roleArn, externalId }: ConnectionOptions): object {
  if (roleArn === undefined && externalId !== undefined) {
    throw new DomainError("invalid_input", "--external-id goes with --role-arn.");
  }
  const source = profile === undefined ? { type: "ambient" } : { type: "profile", profile };
  return roleArn === undefined ? source : { type: "assume_role", roleArn, externalId, source };
}

function azureOf(options: ConnectionOptions): object {
  const { tenant, clientId, azureCloud, certificateFile } = options;
  const where = {
    ...(tenant === undefined ? {} : { tenantId: tenant }),
    ...(azureCloud === undefined ? {} : { cloud: azureCloud }),
  };
  if (clientId === undefined) return { type: "default", ...where };
  if (tenant === undefined) throw new DomainError("invalid_input", "--client-id goes with --tenant.");
  return { type: certificateFile === undefined ? "client_secret" : "client_certificate", clientId, ...where };
}

function gcpOf({ serviceAccount, delegate, credentialConfiguration }: ConnectionOptions): object {
  if (credentialConfiguration !== undefined) {
    const content = readOrExplain(credentialConfiguration);
    try {
      return { type: "workload_identity", configuration: JSON.parse(content) };
    } catch (cause) {
      throw new DomainError("invalid_input", `${credentialConfiguration} is not JSON.`, { cause });
    }
  }
  if (serviceAccount === undefined) return { type: "application_default" };
  return { type: "impersonate", serviceAccount, ...(delegate.length > 0 ? { delegates: delegate } : {}) };
}
