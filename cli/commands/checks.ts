import { Command } from "commander";
import { catalogue } from "#lib/checks/index.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import { controlsOf } from "#lib/compliance/frameworks.ts";
import { oneOf, repeatable } from "../options.ts";
import { writeColumns, writeJson } from "../table.ts";

type Options = { service: string[]; severity?: Severity; format: "json" | "table" };

export const command = () =>
  new Command("checks")
    .description("list the checks, or show one whole")
    .argument("[id]", "a check to show")
    .option("--service <name>", "only the checks of a service (repeatable)", repeatable, [])
    .option("--severity <severity>", "only the checks of a severity", oneOf(severities))
    .option("--format <name>", "json or table", oneOf(["json", "table"]), "table")
    .action((id: string | undefined, options: Options, self: Command) => {
      const found = catalogue
        .filter((check) => id === undefined || check.id === id)
        .filter(
          (check) => options.service.length === 0 || options.service.includes(check.id.split(".")[1] ?? ""),
        )
        .filter((check) => options.severity === undefined || check.severity === options.severity)
        .map(({ evaluate: _evaluate, ...check }) => ({ ...check, controls: controlsOf(check.id) }));
      if (id !== undefined && found.length === 0)
        self.error(`There is no check ${id}. \`parapet checks\` lists them.`);
      if (options.format === "json" || id !== undefined) {
        writeJson(id === undefined ? found : found[0]);
        return;
      }
      writeColumns(
        process.stdout,
        ["check", "severity", "title", "controls"],
        found.map((check) => [
          check.id,
          check.severity,
          check.title,
          check.controls.map((control) => `${control.framework} ${control.id}`).join(", "),
        ]),
      );
    });
