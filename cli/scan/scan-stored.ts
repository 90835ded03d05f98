import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { OpenDatabase } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { cancelScan } from "#lib/scans/cancel-scan.ts";
import { readScanGaps, readScanResults } from "#lib/scans/read-results.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { withInstallation } from "../installation.ts";
import type { ProgressStep } from "./progress.ts";
import { reportOf, type ScanReport } from "./report.ts";

export type StoredScanWish = {
  regions: string[];
  services: string[];
  checks: string[];
  /** Whose accounts; empty for all. */
  clouds: readonly Cloud[];
  /** Ids, the provider's ids or names of connected accounts; empty for all. */
  accounts: string[];
  organisation: string | undefined;
};

const pollMs = 500;
/** How long a scan may lie untouched before the user is told that no worker seems to run. */
const idleHintMs = 10_000;

/** Has the installation's workers scan its connected accounts, waits, and reports what the scan's units now hold. */
export async function scanStored(
  wish: StoredScanWish,
  signal: AbortSignal,
  onProgress: (step: ProgressStep) => void,
): Promise<ScanReport> {
  return withInstallation(wish.organisation, async (database, scope) => {
    const accounts = await findAccounts(database, scope, wish);
    const { regions, services, checks } = wish;
    const isNarrowed = wish.accounts.length + wish.clouds.length > 0;
    const accountIds = isNarrowed ? accounts.map((account) => account.id) : [];
    const { scanId } = await startScan(database.db, scope, { accountIds, regions, services, checks });
    await (await jobQueue()).close();
    try {
      const scan = await waitForEnd(database, scanId, signal, onProgress);
      return reportOf({
        startedAt: new Date(scan.createdAt),
        finishedAt: new Date(scan.finishedAt),
        accounts: accounts.map((account) => account.externalId),
        resources: scan.resources,
        results: await readScanResults(database.db, scope, scanId),
        gaps: await readScanGaps(database.db, scope, scanId),
      });
    } catch (error) {
      if (signal.aborted) await cancelScan(database.db, scope, { scanId });
      throw error;
    }
  });
}

async function findAccounts(
  { db }: OpenDatabase,
  scope: Scope,
  { accounts: wanted, clouds }: Pick<StoredScanWish, "accounts" | "clouds">,
) {
  const connected = await db.execute<{ id: string; cloud: Cloud; externalId: string; name: string }>(sql`
    select id, cloud, external_id as "externalId", name from accounts
    where organisation_id = ${scope.organisationId} and disabled_at is null order by name, id
  `);
  const all = connected.filter(({ cloud }) => clouds.length === 0 || clouds.includes(cloud));
  const matches = (word: string) =>
    all.filter((account) => [account.id, account.externalId, account.name].includes(word));
  const missing = wanted.filter((word) => matches(word).length === 0);
  const of = clouds.length > 0 ? ` of ${clouds.join(", ")}` : "";
  if (missing.length > 0) {
    const known = all.map(({ name, externalId }) => `${name} (${externalId})`).join(", ") || "none yet";
    throw new DomainError(
      "not_found",
      `There is no connected account ${missing.join(", ")}${of}. Connected: ${known}.`,
    );
  }
  if (all.length === 0 && clouds.length > 0)
    throw new DomainError("not_found", `There is no connected account${of}.`);
  return wanted.length === 0
    ? all
    : all.filter((account) => wanted.some((word) => matches(word).includes(account)));
}

type ScanState = {
  status: string;
  createdAt: string;
  finishedAt: string;
  error: string | null;
  done: number;
  total: number;
  begun: number;
  resources: number;
};

async function waitForEnd(
  { db }: OpenDatabase,
  scanId: string,
  signal: AbortSignal,
  onProgress: (step: ProgressStep) => void,
): Promise<ScanState> {
  const startedAt = Date.now();
  let hinted = false;
  for (;;) {
    const [scan] = await db.execute<ScanState>(sql`
      select s.status, s.created_at as "createdAt", s.finished_at as "finishedAt", s.error,
        count(u.id) filter (where u.status not in ('waiting', 'queued', 'running'))::int as done,
        count(u.id)::int as total, count(u.id) filter (where u.attempts > 0)::int as begun,
        coalesce(sum(u.resources) filter (where not u.supporting and u.service <> 'relations'), 0)::int as resources
      from scans s left join scan_units u on u.scan_id = s.id where s.id = ${scanId} group by s.id
    `);
    if (!scan) throw new DomainError("not_found", "The scan is gone.");
    onProgress({ unit: scanId, done: scan.done, total: scan.total, resources: scan.resources });
    if (scan.status === "completed") return scan;
    if (scan.finishedAt) {
      throw new DomainError("unavailable", `The scan ended as ${scan.status}. ${scan.error ?? ""}`.trim());
    }
    if (!hinted && scan.begun === 0 && Date.now() - startedAt > idleHintMs) {
      process.stderr.write("No worker has taken the scan yet. Is `npm start` or `parapet worker` running?\n");
      hinted = true;
    }
    await delay(pollMs, undefined, { signal });
  }
}
