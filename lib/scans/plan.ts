import type { RegionState } from "#lib/clouds/session.ts";
import type { CheckSet } from "./evaluate.ts";

/** The service of the unit in which checks that span units run, once the account has been read. */
export const relationsService = "relations";

export type PlannedUnit = {
  service: string;
  /** A region, or `global`. */
  region: string;
  /** The kinds to read; `null` for all of the service. */
  kinds: string[] | null;
  /** Read only because a check in scope compares with it. */
  supporting: boolean;
};

export type PlanInput = {
  collectors: readonly { kind: string; service: string; scope: "regional" | "global" }[];
  /** The checks in scope. */
  checks: CheckSet;
  /** Regions to read: those enabled and wanted, and those that held something before. */
  regions: readonly string[];
  /** Every region of the account, for what supports a check that compares across regions. */
  allRegions: readonly string[];
  /** Services in scope; empty for all. */
  services: readonly string[];
  /** True when the scan is scoped to some checks; only their kinds are read then. */
  byCheck: boolean;
};

/**
 * Lays out one account's units: service × region, with `global` for what belongs to no region. A narrowed scan
 * gains the units that its checks compare with, and global services are read whichever regions were asked for.
 */
export function planUnits(input: PlanInput): PlannedUnit[] {
  const { checks, byCheck } = input;
  const inScope = (service: string) => input.services.length === 0 || input.services.includes(service);
  const judged = new Set<string>(checks.checks.map((check) => check.resource));
  const targets = input.collectors.filter(
    (collector) => inScope(collector.service) && (!byCheck || judged.has(collector.kind)),
  );
  const units = new Map<string, PlannedUnit>();
  const add = (
    collector: PlanInput["collectors"][number],
    regions: readonly string[],
    supporting: boolean,
  ) => {
    for (const region of collector.scope === "global" ? ["global"] : regions) {
      const key = `${collector.service} ${region}`;
      const unit = units.get(key);
      if (!unit) {
        const kinds = byCheck || supporting ? [collector.kind] : null;
        units.set(key, { service: collector.service, region, kinds, supporting });
      } else if (unit.kinds && !unit.kinds.includes(collector.kind)) {
        unit.kinds.push(collector.kind);
      }
    }
  };
  for (const collector of targets) add(collector, input.regions, false);

  const targeted = new Set(targets.map((collector) => collector.kind));
  const relating = checks.relating.filter((check) => targeted.has(check.resource));
  const context = new Set<string>(relating.flatMap((check) => check.context ?? []));
  for (const collector of input.collectors) {
    if (context.has(collector.kind)) add(collector, input.allRegions, true);
  }
  const planned = [...units.values()];
  if (relating.length > 0) {
    planned.push({ service: relationsService, region: "global", kinds: null, supporting: false });
  }
  return planned;
}

/**
 * The regions asked for (those among them that the provider has), else those the account is limited to, else those enabled
 * and those that held something before: a region switched off in the meantime is a gap and not an empty region.
 */
export function regionsToRead(
  known: readonly RegionState[],
  asked: readonly string[],
  account: { regions: readonly string[] | null; inhabited: readonly string[] },
): string[] {
  if (asked.length > 0) return asked.filter((name) => known.some((region) => region.name === name));
  if (account.regions) return [...account.regions];
  const enabled = known.filter((region) => region.enabled).map((region) => region.name);
  return [...new Set([...enabled, ...account.inhabited])].sort();
}
