import { DomainError } from "#lib/errors.ts";
import { ListFailed } from "#lib/inventory/answers.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { provideSandboxKeys } from "#lib/setup/provide-sandbox-keys.ts";
import { type Connection, parseConnection } from "../../connection.ts";

export type Member = {
  /** The provider's id, as in `accounts.externalId`. */
  externalId: string;
  level: AccountLevel;
  name: string;
  /** `suspended`: it still exists, and can't be used as usual. */
  state: "active" | "suspended";
};

export type Members = {
  /** The account that the credentials themselves belong to; null when there is no such thing. */
  own: string | null;
  members: Member[];
};

/** How one cloud lists members. The permission that it takes is in `discoveryPermissions`. */
export type Look<C extends Cloud> = (
  connection: Connection[C],
  secrets: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<Members>;

/** What an identity must be allowed in order to list members. */
export const discoveryPermissions: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["organizations:ListAccounts"],
  azure: ["Microsoft.Resources/subscriptions/read"],
  gcp: ["resourcemanager.projects.get"],
};

/**
 * Asks the provider for every member that the credentials can see. Throws a DomainError (`unavailable`) that says what the
 * provider said: an incomplete list is never taken for a whole one.
 */
export async function lookForMembers(
  cloud: Cloud,
  connection: unknown,
  secrets: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Members> {
  await provideSandboxKeys();
  const { look, classify } = await lookOf(cloud, connection);
  try {
    return await look(secrets, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DomainError) throw error;
    const [operation, cause] = error instanceof ListFailed ? [error.operation, error.cause] : [null, error];
    const said = classify(cause);
    if (!said) throw error;
    const where = operation === null ? "" : ` (${operation})`;
    throw new DomainError("unavailable", `The members can't be listed${where}. ${said.message}`, {
      cause: error,
    });
  }
}

type BoundLook = {
  look(secrets: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Members>;
  classify(error: unknown): { message: string } | null;
};

/** The clouds' SDKs are large: only the one asked for is loaded. */
async function lookOf(cloud: Cloud, raw: unknown): Promise<BoundLook> {
  switch (cloud) {
    case "aws": {
      const [{ lookAtAws }, { classifyAwsError }] = await Promise.all([
        import("./aws.ts"),
        import("#lib/clouds/aws/errors.ts"),
      ]);
      const connection = parseConnection("aws", raw);
      return {
        look: (secrets, signal) => lookAtAws(connection, secrets, signal),
        classify: classifyAwsError,
      };
    }
    case "azure": {
      const [{ lookAtAzure }, { classifyAzureError }] = await Promise.all([
        import("./azure.ts"),
        import("#lib/clouds/azure/errors.ts"),
      ]);
      const connection = parseConnection("azure", raw);
      return {
        look: (secrets, signal) => lookAtAzure(connection, secrets, signal),
        classify: classifyAzureError,
      };
    }
    case "gcp": {
      const [{ lookAtGcp }, { classifyGcpError }] = await Promise.all([
        import("./gcp.ts"),
        import("#lib/clouds/gcp/errors.ts"),
      ]);
      const connection = parseConnection("gcp", raw);
      return {
        look: (secrets, signal) => lookAtGcp(connection, secrets, signal),
        classify: classifyGcpError,
      };
    }
  }
}
