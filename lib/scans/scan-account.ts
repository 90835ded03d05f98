import type { ScanScope } from "#db/scans/schema.ts";
import { openSession } from "#lib/clouds/open-session.ts";
import type { CloudSession, ReachableAccount } from "#lib/clouds/session.ts";
import { DomainError } from "#lib/errors.ts";
import type { Gap, Kind } from "#lib/inventory/model.ts";
import { collectorsFor } from "#lib/inventory/registry.ts";
import { type CheckSet, checksInScope, evaluate } from "./evaluate.ts";
import { MemorySink, type ScanResult } from "./memory-sink.ts";
import { type PlannedUnit, planUnits, regionsToRead, relationsService } from "./plan.ts";
import { Completeness, relatedIndex } from "./related.ts";
import { runUnit } from "./run-unit.ts";

export type UnitGap = Gap & { account: string; service: string; region: string };

export type AccountScan = {
  account: string;
  resources: number;
  calls: number;
  results: ScanResult[];
  gaps: UnitGap[];
};

export type AccountScanOptions = {
  account: ReachableAccount;
  scope: Omit<ScanScope, "accountIds">;
  asOf: Date;
  signal: AbortSignal;
  /** Units read at the same time; 8 when left out. */
  concurrency?: number;
  onProgress?(progress: { unit: string; done: number; total: number; resources: number }): void;
};

/**
 * Scans one account in this process, storing nothing. Throws when it can't be reached at all (the provider's error) or
 * when a region asked for doesn't exist; anything else that can't be read is a gap.
 */
export async function scanAccount(options: AccountScanOptions): Promise<AccountScan> {
  const session = openSession(options.account);
  try {
    return await scanThrough(session, options);
  } finally {
    session.close();
  }
}

async function scanThrough(session: CloudSession, options: AccountScanOptions): Promise<AccountScan> {
  const { scope, signal, asOf } = options;
  const checks = checksInScope(scope.checks);
  const account = await session.account(signal);
  const units = await planAll(session, options, checks);
  const reading = new Set<Kind>(
    checks.relating.flatMap((check) => [check.resource, ...(check.context ?? [])]),
  );
  const sink = new MemorySink(new Map(checks.checks.map((check) => [check.id, check.severity])), reading);
  const completeness = new Completeness();
  const gaps: UnitGap[] = [];
  let done = 0;
  let resources = 0;
  await inParallel(units, options.concurrency ?? 8, async (unit) => {
    const supporting = unit.supporting ? checksInScope(null) : checks;
    const place = { account, service: unit.service, region: unit.region };
    const outcome = await runUnit({
      ...unit,
      session,
      checks: supporting,
      partial: true,
      asOf,
      signal,
      sink: {
        known: () => sink.known(),
        write: (observations) => sink.write(observations),
        gap: (gap) => gaps.push({ ...gap, ...place }),
      },
    });
    for (const kind of outcome.kinds) completeness.set(kind, unit.region, !outcome.incomplete.includes(kind));
    done += 1;
    resources += outcome.resources;
    const progress = {
      unit: `${account} ${unit.service} ${unit.region}`,
      done,
      total: units.length,
      resources,
    };
    options.onProgress?.(progress);
  });
  relate(sink, checks, units, completeness, options);
  return { account, resources, calls: session.counters().calls, results: sink.results, gaps };
}

async function planAll(session: CloudSession, options: AccountScanOptions, checks: CheckSet) {
  const { scope, signal, account } = options;
  const known = await session.regions(signal);
  const names = new Set(known.map((region) => region.name));
  const strange = scope.regions.filter((region) => !names.has(region));
  if (strange.length > 0) {
    throw new DomainError(
      "invalid_input",
      `There is no region ${strange.join(", ")}. There are: ${[...names].join(", ")}.`,
    );
  }
  const everywhere = { regions: null, inhabited: [] };
  return planUnits({
    collectors: collectorsFor(account),
    checks,
    regions: regionsToRead(known, scope.regions, everywhere),
    allRegions: regionsToRead(known, [], everywhere),
    services: scope.services,
    byCheck: scope.checks.length > 0,
  }).filter((unit) => unit.service !== relationsService);
}

/** Runs the checks that compare resources, over those resources that the scan's own units (not supporting ones) read. */
function relate(
  sink: MemorySink,
  checks: CheckSet,
  units: readonly PlannedUnit[],
  completeness: Completeness,
  { account, asOf }: Pick<AccountScanOptions, "account" | "asOf">,
): void {
  const related = relatedIndex(sink.kept, completeness);
  const places = new Set(
    units.filter((unit) => !unit.supporting).map((unit) => `${unit.service} ${unit.region}`),
  );
  const collectors = new Map(collectorsFor(account).map((collector) => [collector.kind, collector]));
  for (const resource of sink.kept) {
    const judging = checks.relating.filter((check) => check.resource === resource.kind);
    const collector = collectors.get(resource.kind);
    const region = collector?.scope === "global" ? "global" : resource.region;
    if (judging.length === 0 || !places.has(`${collector?.service} ${region}`)) continue;
    sink.add(resource, evaluate(resource, judging, asOf, related));
  }
}

/** Runs `perform` over the items, `places` at a time; the first failure ends it. */
async function inParallel<T>(items: readonly T[], places: number, perform: (item: T) => Promise<void>) {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await perform(item);
  };
  await Promise.all(Array.from({ length: places }, work));
}
