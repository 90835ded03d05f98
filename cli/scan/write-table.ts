import type { Writable } from "node:stream";
import { severities } from "#lib/checks/model.ts";
import { printable, writeColumns } from "../table.ts";
import type { ScanReport } from "./report.ts";

const widest = [10, 7, 14, 16, 40, 90, 60];

const marks = { critical: "◆", high: "▲", medium: "■", low: "●", info: "○" } as const;

/** Writes what failed and what could not be read, for people; passes are only counted. */
export function writeTable(out: Writable, report: ScanReport): void {
  const { summary } = report;
  const rows = report.results
    .filter((result) => result.status === "fail" || result.status === "manual")
    .map((result) => [
      `${marks[result.severity]} ${result.severity}`,
      result.status === "manual" ? "look" : "fail",
      result.account,
      result.region,
      result.resourceName,
      result.reason ?? "",
      result.checkId,
    ]);
  if (rows.length > 0) {
    writeColumns(
      out,
      ["severity", "verdict", "account", "region", "resource", "what", "check"],
      rows,
      widest,
    );
    out.write("\n");
  }
  for (const gap of report.gaps) {
    out.write(`? not read: ${printable(`${gap.account} ${gap.service} ${gap.region}`)}, `);
    out.write(`${gap.operation} ${gap.code}: ${printable(gap.message)}\n`);
  }
  const failed = severities
    .filter((severity) => summary.failed[severity] > 0)
    .map((severity) => `${summary.failed[severity]} ${severity}`);
  const { pass, fail, unknown, manual } = summary.verdicts;
  out.write(
    `${summary.resources} resources in ${summary.accounts.length} account(s): ${fail} failed` +
      `${failed.length > 0 ? ` (${failed.join(", ")})` : ""}, ${pass} passed, ${unknown} unknown` +
      `${manual > 0 ? `, ${manual} for a person to look at` : ""}, ${summary.gaps} gaps.\n`,
  );
}
