import type { ReachableAccount } from "#lib/clouds/session.ts";
import { DomainError } from "#lib/errors.ts";
import { ListFailed } from "#lib/inventory/answers.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { type AccountScanOptions, scanAccount } from "#lib/scans/scan-account.ts";
import { reportOf, type ScanReport } from "./report.ts";

export type ScanWish = {
  regions: string[];
  services: string[];
  checks: string[];
  /** What to scan, one after the other. */
  accounts: readonly ReachableAccount[];
};

/** Scans accounts from this process, storing nothing. Throws a DomainError when one can't be reached. */
export async function scanWithoutStore(
  wish: ScanWish,
  signal: AbortSignal,
  onProgress: AccountScanOptions["onProgress"],
): Promise<ScanReport> {
  const startedAt = new Date();
  const scans = [];
  for (const account of wish.accounts) {
    const scope = { regions: wish.regions, services: wish.services, checks: wish.checks };
    try {
      scans.push(await scanAccount({ account, scope, asOf: startedAt, signal, onProgress }));
    } catch (error) {
      throw await explain(account.cloud, error);
    }
  }
  return reportOf({
    startedAt,
    finishedAt: new Date(),
    accounts: scans.map((scan) => scan.account),
    resources: scans.reduce((sum, scan) => sum + scan.resources, 0),
    results: scans.flatMap((scan) => scan.results),
    gaps: scans.flatMap((scan) => scan.gaps),
  });
}

export type AmbientWish = {
  clouds: readonly Cloud[];
  profiles: readonly string[];
  subscriptions: readonly string[];
  tenants: readonly string[];
  projects: readonly string[];
};

/** The accounts that the machine's own credentials lead to; a cloud's only one where none is named. */
export function ambientAccounts(wish: AmbientWish): ReachableAccount[] {
  return wish.clouds.flatMap((cloud) => ofCloud[cloud](wish));
}

const ofCloud: Record<Cloud, (wish: AmbientWish) => ReachableAccount[]> = {
  aws: ({ profiles }) =>
    (profiles.length > 0
      ? profiles.map((profile) => ({ type: "profile", profile }))
      : [{ type: "ambient" }]
    ).map((connection) => ({ cloud: "aws", externalId: null, connection })),
  azure: ({ subscriptions, tenants }) => [
    ...tenants.map((tenantId) => ({
      cloud: "azure" as const,
      level: "directory" as const,
      externalId: tenantId,
      connection: { type: "default", tenantId },
    })),
    ...orOnly(subscriptions, tenants.length > 0).map((externalId) => ({
      ...{ cloud: "azure" as const, externalId },
      connection: { type: "default" },
    })),
  ],
  gcp: ({ projects }) =>
    orOnly(projects).map((externalId) => ({
      ...{ cloud: "gcp" as const, externalId },
      connection: { type: "application_default" },
    })),
};

/** The ids named; else the only account that the credentials reach, unless something else was named. */
const orOnly = (ids: readonly string[], isNamed = false): readonly (string | null)[] =>
  ids.length > 0 || isNamed ? ids : [null];

/** What to look at when an account can't be reached. */
const hints: Record<Cloud, string> = {
  aws: "The AWS account can't be reached. % Check AWS_PROFILE or the keys in the environment; `aws sts get-caller-identity` must work.",
  azure:
    "The Azure account can't be reached. % Check the AZURE_ variables of the environment, or `az login`; --subscription says which one.",
  gcp: "The Google Cloud project can't be reached. % Check `gcloud auth application-default login`, or GOOGLE_APPLICATION_CREDENTIALS; --project says which one.",
};

async function explain(cloud: Cloud, error: unknown): Promise<unknown> {
  if (error instanceof DomainError) return error;
  const classify = await classifierOf(cloud);
  const said = classify(error instanceof ListFailed ? error.cause : error);
  if (!said) return error;
  return new DomainError(
    "unavailable",
    hints[cloud].replace("%", () => said.message),
    { cause: error },
  );
}

async function classifierOf(cloud: Cloud): Promise<(error: unknown) => { message: string } | null> {
  switch (cloud) {
    case "aws":
      return (await import("#lib/clouds/aws/errors.ts")).classifyAwsError;
    case "azure":
      return (await import("#lib/clouds/azure/errors.ts")).classifyAzureError;
    case "gcp":
      return (await import("#lib/clouds/gcp/errors.ts")).classifyGcpError;
  }
}
