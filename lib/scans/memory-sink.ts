import type { Severity, VerdictStatus } from "#lib/checks/model.ts";
import type { Gap, Kind, Resource } from "#lib/inventory/model.ts";
import type { Evaluation, Evidence } from "./evaluate.ts";
import type { Observation, UnitSink } from "./sink.ts";

/** One verdict, as the command line reports it. */
export type ScanResult = {
  checkId: string;
  status: VerdictStatus;
  severity: Severity;
  resourceUid: string;
  resourceName: string;
  resourceKind: Kind;
  account: string;
  region: string;
  /** Why it failed, or what could not be read; null for a pass. */
  reason: string | null;
  evidence: Evidence;
};

/** Keeps verdicts in memory, and the resources only of the kinds that later checks will compare with. */
export class MemorySink implements UnitSink {
  readonly results: ScanResult[] = [];
  readonly gaps: Gap[] = [];
  readonly kept: Resource[] = [];
  readonly #severities: ReadonlyMap<string, Severity>;
  readonly #keep: ReadonlySet<Kind>;

  constructor(severities: ReadonlyMap<string, Severity>, keep: ReadonlySet<Kind>) {
    this.#severities = severities;
    this.#keep = keep;
  }

  known(): Promise<ReadonlyMap<string, never>> {
    return Promise.resolve(new Map<string, never>());
  }

  write(observations: readonly Observation[]): Promise<void> {
    for (const { resource, evaluation } of observations) {
      if (evaluation) this.add(resource, evaluation);
      if (this.#keep.has(resource.kind)) this.kept.push(resource);
    }
    return Promise.resolve();
  }

  gap(gap: Gap): void {
    this.gaps.push(gap);
  }

  add(resource: Resource, { verdicts, failures, missing, manual }: Evaluation): void {
    for (const [checkId, status] of Object.entries(verdicts)) {
      const failure = failures.find((each) => each.checkId === checkId);
      const unreadable = missing[checkId];
      this.results.push({
        checkId,
        status,
        severity: this.#severities.get(checkId) ?? "info",
        resourceUid: resource.uid,
        resourceName: resource.name,
        resourceKind: resource.kind,
        account: resource.account,
        region: resource.region,
        reason:
          failure?.reason ?? manual[checkId] ?? (unreadable ? `Could not be read: ${unreadable}.` : null),
        evidence: failure?.evidence ?? [],
      });
    }
  }
}
