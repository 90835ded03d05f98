import { Command, InvalidArgumentError } from "commander";
import { type FindingRow, listFindings } from "#db/findings/queries.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import { controlsOf } from "#lib/compliance/frameworks.ts";
import { type FindingFilter, findingFilter, openStates } from "#lib/findings/filter.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { withInstallation } from "../installation.ts";
import { oneOf, repeatable } from "../options.ts";
import { writeColumns } from "../table.ts";

type Options = {
  status: "open" | "resolved" | "all";
  severity: string[];
  cloud: string[];
  service: string[];
  region: string[];
  check: string[];
  text: string;
  limit: number;
  format: "json" | "table";
  organisation?: string;
};

const pageSize = 200;

const positive = (value: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError("It is a whole number from 1.");
  return number;
};

export const command = () =>
  new Command("findings")
    .description("list the findings of this installation, worst first")
    .option("--status <status>", "open, resolved or all", oneOf(["open", "resolved", "all"]), "open")
    .option("--severity <severity>", "only this severity (repeatable)", repeatable, [])
    .option("--cloud <name>", "only this cloud: aws, azure or gcp (repeatable)", repeatable, [])
    .option("--service <name>", "only this service (repeatable)", repeatable, [])
    .option("--region <name>", "only this region (repeatable)", repeatable, [])
    .option("--check <id>", "only this check (repeatable)", repeatable, [])
    .option("--text <text>", "part of the check's title or the resource's name or id", "")
    .option("--limit <number>", "findings at most", positive, 1_000)
    .option("--format <name>", "json or table", oneOf(["json", "table"]), "table")
    .option("--organisation <name>", "the organisation, when there are several")
    .action(async (options: Options) => {
      const filter = findingFilter({
        states: [...statesOf[options.status]],
        severities: options.severity.map(asSeverity),
        clouds: options.cloud.map(asCloud),
        services: options.service,
        regions: options.region,
        checkIds: options.check,
        text: options.text,
      });
      const rows = await readFindings(filter, options);
      if (options.format === "json") {
        const withControls = rows.map((row) => ({ ...row, controls: controlsOf(row.checkId) }));
        process.stdout.write(`${JSON.stringify(withControls, null, 2)}\n`);
        return;
      }
      const head = ["severity", "status", "account", "region", "resource", "what", "check"];
      const cells = rows.map((row) => [
        row.severity,
        row.status,
        row.account.disabled ? `${row.account.name} (disabled)` : row.account.name,
        row.region,
        row.resource.name,
        row.reason,
        row.checkId,
      ]);
      writeColumns(process.stdout, head, cells, [10, 9, 24, 16, 40, 90, 60]);
      process.stderr.write(
        `${rows.length} findings${rows.length === options.limit ? " (--limit reached)" : ""}\n`,
      );
    });

const statesOf = { open: openStates, resolved: ["resolved"], all: [] } as const;
const asSeverity = (word: string): Severity => oneOf(severities)(word);
const asCloud = (word: string): Cloud => oneOf(clouds)(word);

function readFindings(filter: FindingFilter, options: Options): Promise<FindingRow[]> {
  return withInstallation(options.organisation, async ({ db }, scope) => {
    const rows: FindingRow[] = [];
    let after: string | undefined;
    do {
      const limit = Math.min(pageSize, options.limit - rows.length);
      const page = await listFindings(db, scope, filter, { sort: "severity", limit, after });
      rows.push(...page.rows);
      after = page.next ?? undefined;
    } while (after !== undefined && rows.length < options.limit);
    return rows;
  });
}
