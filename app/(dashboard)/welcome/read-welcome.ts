import { listAccounts } from "#db/accounts/queries.ts";
import { database } from "#db/client.ts";
import { type FindingRow, listFindings } from "#db/findings/queries.ts";
import { getLatestScans } from "#db/scans/queries.ts";
import { getTrial, type TrialView } from "#db/trial/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import { secretKeyring } from "#lib/secrets/keys.ts";
import { whyNoTrial } from "#lib/trial/allowed.ts";
import type { ScanReport } from "../scans/scan-progress.ts";
import { readScanReport } from "../scans/scan-report.ts";

export type Welcome = {
  /** Connected accounts that are not being deleted. */
  accounts: number;
  trial: TrialView | null;
  /** Why there can't be a sandbox here; null when there can. */
  whyNoTrial: string | null;
  /** Whether there is a key to seal secrets with, without which the sandbox goes without its Azure. */
  seals: boolean;
  /** The scan under way. */
  report: ScanReport | null;
  hasScanned: boolean;
  /** The gravest open findings. */
  worst: FindingRow[];
  /** Open findings by severity, over all accounts. */
  open: number;
};

const shown = 5;

/** How far an installation has come from nothing to its first finding. */
export async function readWelcome(scope: Scope): Promise<Welcome> {
  const { db } = database();
  const [accounts, trial, { running, last }, page] = await Promise.all([
    listAccounts(db, scope),
    getTrial(db, scope),
    getLatestScans(db, scope),
    listFindings(db, scope, findingFilter({ states: [...openStates] }), { sort: "severity", limit: shown }),
  ]);
  const here = accounts.filter(({ deletion }) => deletion === null);
  return {
    accounts: here.length,
    trial,
    whyNoTrial: whyNoTrial(),
    seals: secretKeyring() !== null,
    report: running ? await readScanReport(db, scope, running.id) : null,
    hasScanned: last !== null,
    worst: page.rows,
    open: here.reduce(
      (sum, { findings }) => sum + Object.values(findings).reduce((all, each) => all + each, 0),
      0,
    ),
  };
}
