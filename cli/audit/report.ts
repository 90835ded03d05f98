import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { z } from "zod";
import type { RemoteClient } from "../remote/client.ts";
import { remoteClient } from "../remote/remote.ts";
import { writeColumns, writeJson } from "../table.ts";
import { type RangeOptions, rangeOf } from "./options.ts";

type Options = RangeOptions & { timeZone: string; out?: string; list?: boolean; id?: string };

const epilogue = `
The report is one HTML file that needs nothing else: open it in a browser, print it, send it on. It is also kept, and shown
under Audit › Reports.`;

export const reportCommand = (): Command =>
  new Command("report")
    .description("make an audit report of a period as an HTML file, or list and fetch those that were made")
    .option("--since <time>", "from so long ago (24h, 7d, 1w), from a day or a moment on", "7d")
    .option("--until <time>", "before so long ago, a day or a moment; now when left out")
    .option("--time-zone <name>", "the place whose clocks it tells times by", "UTC")
    .option("--out <file>", "the file to write; standard output when left out")
    .option("--list", "list the reports that were made instead")
    .option("--id <report>", "write this report instead of making one")
    .option("--organisation <name>", "the organisation, when there are several")
    .option("--json", "print JSON; with a report, its facts and its page")
    .addHelpText("after", epilogue)
    .action(async (options: Options) => {
      await withReports(options.organisation, async (reports) => {
        if (options.list) return list(await reports.list(), options);
        const id = options.id ?? (await reports.make(periodOf(options)));
        await write(await reports.get(id), options);
      });
    });

const ReportAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  createdAt: z.string(),
  createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  size: z.number(),
});
type ReportAnswer = z.output<typeof ReportAnswer>;
const ReportDocument = ReportAnswer.extend({ html: z.string() });

type Period = { from: string; to: string; timeZone: string };

type Reports = {
  list(): Promise<ReportAnswer[]>;
  get(reportId: string): Promise<z.output<typeof ReportDocument>>;
  /** Returns the id of the report that was made. */
  make(period: Period): Promise<string>;
};

const periodOf = (options: Options): Period => {
  const { from, to } = rangeOf(options);
  return { from: from.toISOString(), to: to.toISOString(), timeZone: options.timeZone };
};

/** Runs it on the server that PARAPET_URL names, else on this machine's own installation. */
async function withReports<T>(
  organisation: string | undefined,
  run: (reports: Reports) => Promise<T>,
): Promise<T> {
  const client = remoteClient(organisation);
  if (client) return run(remoteReports(client));
  const [{ withInstallation }, { getReport, listReports }, { makeReport }] = await Promise.all([
    import("../installation.ts"),
    import("#db/audit/reports.ts"),
    import("#lib/audit/reports/verbs/make-report.ts"),
  ]);
  return withInstallation(organisation, ({ db }, scope) =>
    run({
      list: async () => (await listReports(db, scope, { limit: 500 })).reports,
      get: (reportId) => getReport(db, scope, reportId),
      make: async (period) => (await makeReport(db, scope, period)).reportId,
    }),
  );
}

const remoteReports = (client: RemoteClient): Reports => ({
  list: () => client.list("/audit/reports", {}, ReportAnswer, 500),
  get: (reportId) =>
    client.request("GET", `/audit/reports/${encodeURIComponent(reportId)}`, { answer: ReportDocument }),
  make: async (body) => {
    const answer = z.object({ reportId: z.string() });
    return (await client.request("POST", "/audit/reports", { body, answer })).reportId;
  },
});

function list(reports: readonly ReportAnswer[], { json }: Options): void {
  if (json) {
    writeJson(reports);
    return;
  }
  const rows = reports.map(({ id, kind, from, to, createdAt, createdBy }) => [
    ...[id, kind, from, to, createdAt, createdBy?.name ?? "schedule"],
  ]);
  writeColumns(process.stdout, ["id", "kind", "from", "to", "made", "by"], rows);
}

async function write(
  report: z.output<typeof ReportDocument>,
  { json, out }: Pick<Options, "json" | "out">,
): Promise<void> {
  if (json) {
    writeJson(report);
    return;
  }
  if (out === undefined) {
    process.stdout.write(report.html);
    return;
  }
  await pipeline([report.html], createWriteStream(out, { mode: 0o600 }));
  process.stderr.write(`Report ${report.id}, ${report.from} to ${report.to}: written to ${out}.\n`);
}
