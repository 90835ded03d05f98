import type { Severity, VerdictStatus } from "#lib/checks/model.ts";
import { severities } from "#lib/checks/model.ts";
import { controlsOf } from "#lib/compliance/frameworks.ts";
import type { ScanResult } from "#lib/scans/memory-sink.ts";
import type { UnitGap } from "#lib/scans/scan-account.ts";

export type ReportedResult = ScanResult & { controls: ReturnType<typeof controlsOf> };

/** What `parapet scan --format json` prints: one object. */
export type ScanReport = {
  summary: {
    startedAt: string;
    finishedAt: string;
    accounts: string[];
    resources: number;
    verdicts: Record<VerdictStatus, number>;
    /** Failed verdicts by severity. */
    failed: Record<Severity, number>;
    gaps: number;
  };
  gaps: UnitGap[];
  results: ReportedResult[];
};

export type Scanned = {
  startedAt: Date;
  finishedAt: Date;
  accounts: readonly string[];
  resources: number;
  results: readonly ScanResult[];
  gaps: readonly UnitGap[];
};

const rank = (severity: Severity): number => severities.indexOf(severity);

/** Puts a scan into its reported form: worst first, then by check and resource, so that two reports compare. */
export function reportOf(scanned: Scanned): ScanReport {
  const verdicts = { pass: 0, fail: 0, unknown: 0, manual: 0 };
  const failed = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { status, severity } of scanned.results) {
    verdicts[status] += 1;
    if (status === "fail") failed[severity] += 1;
  }
  const results = [...scanned.results]
    .sort(
      (a, b) =>
        rank(a.severity) - rank(b.severity) ||
        compare(a.checkId, b.checkId) ||
        compare(a.resourceUid, b.resourceUid),
    )
    .map((result) => ({ ...result, controls: controlsOf(result.checkId) }));
  return {
    summary: {
      startedAt: scanned.startedAt.toISOString(),
      finishedAt: scanned.finishedAt.toISOString(),
      accounts: [...scanned.accounts].sort(),
      resources: scanned.resources,
      verdicts,
      failed,
      gaps: scanned.gaps.length,
    },
    gaps: [...scanned.gaps],
    results,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const exitCodes = { clean: 0, couldNotRun: 1, findings: 2, gaps: 3 } as const;

/** 2 with a failure at or above the threshold; else 3 with gaps; else 0. */
export function exitCodeOf(report: ScanReport, failOn: Severity | "none"): number {
  const reached =
    failOn !== "none" &&
    severities.some((severity) => rank(severity) <= rank(failOn) && report.summary.failed[severity] > 0);
  if (reached) return exitCodes.findings;
  return report.gaps.length > 0 ? exitCodes.gaps : exitCodes.clean;
}
