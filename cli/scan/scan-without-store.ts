import { classifyAwsError } from "#lib/clouds/aws/errors.ts";
import { DomainError } from "#lib/errors.ts";
import { type AccountScanOptions, scanAccount } from "#lib/scans/scan-account.ts";
import { reportOf, type ScanReport } from "./report.ts";

export type ScanWish = {
  regions: string[];
  services: string[];
  checks: string[];
  profiles: string[];
};

/**
 * Scans the account that the SDK's own environment leads to (or each of the profiles named), storing nothing. Throws a
 * DomainError when an account can't be reached.
 */
export async function scanWithoutStore(
  wish: ScanWish,
  signal: AbortSignal,
  onProgress: AccountScanOptions["onProgress"],
): Promise<ScanReport> {
  const startedAt = new Date();
  const connections: Record<string, unknown>[] =
    wish.profiles.length > 0
      ? wish.profiles.map((profile) => ({ type: "profile", profile }))
      : [{ type: "ambient" }];
  const scans = [];
  for (const connection of connections) {
    const account = { cloud: "aws" as const, externalId: null, connection };
    const scope = { regions: wish.regions, services: wish.services, checks: wish.checks };
    scans.push(
      await scanAccount({ account, scope, asOf: startedAt, signal, onProgress }).catch((error: unknown) => {
        throw explain(error);
      }),
    );
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

function explain(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const cause = error instanceof Error && error.name === "ListFailed" ? error.cause : error;
  const said = classifyAwsError(cause);
  if (!said) return error;
  return new DomainError(
    "unavailable",
    `The AWS account can't be reached. ${said.message} Check AWS_PROFILE or the keys in the environment; \`aws sts get-caller-identity\` must work.`,
    { cause: error },
  );
}
