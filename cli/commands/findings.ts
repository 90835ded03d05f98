import { Command } from "commander";
import {
  type FindingGroup,
  type FindingGrouping,
  type FindingRow,
  findingGroupings,
} from "#db/findings/model.ts";
import { severities } from "#lib/checks/model.ts";
import { controlsOf } from "#lib/compliance/frameworks.ts";
import { withFindings } from "../findings/backend.ts";
import { type FilterOptions, filterOf, withFilterOptions } from "../findings/filter-options.ts";
import { verbCommands } from "../findings/verbs.ts";
import { oneOf, positive } from "../options.ts";
import { writeColumns, writeJson } from "../table.ts";

type Options = FilterOptions & {
  group?: FindingGrouping;
  limit: number;
  format: "json" | "table";
  organisation?: string;
};

const epilogue = `
With PARAPET_URL and PARAPET_TOKEN it asks that server. What changes findings is somebody's act, so it is done through a
server alone.`;

export const command = (): Command => {
  const findings = withFilterOptions(
    new Command("findings").description("list the findings of this installation, worst first; triage them"),
  )
    .option("--group <by>", `put together by: ${findingGroupings.join(", ")}`, oneOf(findingGroupings))
    .option("--limit <number>", "findings (or groups) at most", positive, 1_000)
    .option("--format <name>", "json or table", oneOf(["json", "table"]), "table")
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", epilogue)
    .action(list);
  for (const verb of verbCommands()) findings.addCommand(verb);
  return findings;
};

async function list(options: Options): Promise<void> {
  const { group, limit, format } = options;
  await withFindings(options.organisation, async (findings) => {
    const filter = await filterOf(options, {
      me: options.assignee.includes("me") ? await findings.me() : null,
      people: findings.people,
    });
    if (group) writeGroups(await findings.groups(filter, group, limit), group, options);
    else writeFindings(await findings.list(filter, limit), options);
  });
  function writeFindings(rows: FindingRow[], { limit: most }: Options) {
    if (format === "json") {
      writeJson(rows.map((row) => ({ ...row, controls: controlsOf(row.checkId) })));
      return;
    }
    const head = ["severity", "status", "account", "region", "resource", "what", "check"];
    writeColumns(process.stdout, head, rows.map(cellsOf), [10, 13, 24, 16, 40, 90, 60]);
    process.stderr.write(`${rows.length} findings${rows.length === most ? " (--limit reached)" : ""}\n`);
  }
}

const cellsOf = (row: FindingRow): string[] => [
  row.severity,
  row.state === "new" ? "open" : row.state.replaceAll("_", " "),
  row.account.disabled ? `${row.account.name} (disabled)` : row.account.name,
  row.region,
  row.resource.name,
  row.reason,
  row.checkId,
];

function writeGroups(groups: FindingGroup[], by: FindingGrouping, { format, limit }: Options): void {
  if (format === "json") {
    writeJson(groups);
    return;
  }
  const rows = groups.map((group) => [
    ...severities.map((severity) => String(group.severities[severity])),
    String(group.findings),
    group.name || "none",
  ]);
  writeColumns(process.stdout, [...severities, "findings", by], rows);
  process.stderr.write(`${groups.length} groups${groups.length === limit ? " (--limit reached)" : ""}\n`);
}
