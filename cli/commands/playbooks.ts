import { readFile, stat } from "node:fs/promises";
import { Command } from "commander";
import { DomainError } from "#lib/errors.ts";
import { clouds } from "#lib/inventory/model.ts";
import { oneOf } from "../options.ts";
import type { PlaybookAnswer } from "../remediation/answers.ts";
import { playbooksHere } from "../remediation/local-playbooks.ts";
import { listPlaybooks } from "../remediation/pick-playbook.ts";
import { remoteClient } from "../remote/remote.ts";
import { printable, writeColumns, writeJson } from "../table.ts";

type Options = { json?: boolean; organisation?: string };

export const command = (): Command => {
  const playbooks = new Command("playbooks").description("the playbooks by which findings are fixed");
  const withOptions = (each: Command): Command =>
    each
      .option("--json", "print JSON")
      .option("--organisation <name>", "the organisation, when there are several");
  playbooks.addCommand(
    withOptions(new Command("list").description("list them"))
      .option("--cloud <name>", clouds.join(", "), oneOf(clouds))
      .option("--check <id>", "those that fix it")
      .action(async (options: Options & { cloud?: string; check?: string }) => {
        const { cloud, check } = options;
        list(
          (await all(options))
            .filter((playbook) => cloud === undefined || playbook.clouds.includes(cloud))
            .filter((playbook) => check === undefined || playbook.fixes.includes(check)),
          options,
        );
      }),
  );
  playbooks.addCommand(
    withOptions(new Command("show").description("show one: what it changes, needs and can't undo"))
      .argument("<playbook>", "its id")
      .action(async (id: string, options: Options) => {
        const found = (await all(options)).find((playbook) => playbook.id === id.toUpperCase());
        if (!found) throw new DomainError("not_found", `There is no playbook ${id}.`);
        if (options.json) writeJson(found);
        else show(found);
      }),
  );
  playbooks.addCommand(
    new Command("validate")
      .description("check a playbook of one's own, in YAML or JSON, without storing it")
      .argument("<file>", "such as close-buckets.yaml")
      .option("--json", "print the problems as JSON")
      .action(validate),
  );
  return playbooks;
};

async function all({ organisation }: Options): Promise<PlaybookAnswer[]> {
  const client = remoteClient(organisation);
  return client ? listPlaybooks(client) : playbooksHere(organisation);
}

function list(playbooks: readonly PlaybookAnswer[], { json }: Options): void {
  if (json) {
    writeJson(playbooks);
    return;
  }
  const rows = playbooks.map((playbook) => [
    playbook.id,
    playbook.clouds.join(" "),
    playbook.category,
    playbook.risk,
    String(playbook.approvals),
    playbook.irreversible.length > 0 ? "no" : "yes",
    playbook.openFindings === null ? "" : String(playbook.openFindings),
    playbook.title,
  ]);
  const head = ["playbook", "clouds", "category", "risk", "approvals", "reversible", "open", "what"];
  writeColumns(process.stdout, head, rows);
}

function show(playbook: PlaybookAnswer): void {
  const write = (line: string) => process.stdout.write(`${printable(line)}\n`);
  const section = (head: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    write("");
    write(head);
    for (const line of lines) write(`  ${line}`);
  };
  write(`${playbook.id}: ${playbook.title}`);
  write(playbook.description);
  const open = playbook.openFindings === null ? "" : `; ${playbook.openFindings} open findings`;
  write(`risk ${playbook.risk}; takes ${playbook.approvals} approvals${open}`);
  section(
    "Does",
    playbook.actions.map(({ title, operation }) => `${title} (${operation})`),
  );
  section("Fixes", playbook.fixes);
  section(
    "Parameters",
    Object.entries(playbook.parameters).map(([name, { type, help }]) => `${name} (${type}): ${help}`),
  );
  section("Can't be undone", playbook.irreversible);
  section("Left to people", playbook.leftToPeople);
}

/** A playbook has some kilobytes; what is far larger is another file. */
const mostBytes = 1_000_000;

async function validate(file: string, { json }: { json?: boolean }): Promise<void> {
  const { size } = await stat(file).catch(() => {
    throw new DomainError("invalid_input", `${file} can't be read.`);
  });
  if (size > mostBytes) throw new DomainError("invalid_input", `${file} is too large to be a playbook.`);
  const { validateText } = await import("../remediation/validate-text.ts");
  const problems = await validateText(await readFile(file, "utf8"));
  if (json) writeJson(problems);
  else if (problems.length === 0) process.stdout.write("It is a valid playbook.\n");
  else
    for (const { path, message } of problems)
      process.stdout.write(`${printable(`${path || "file"}: ${message}`)}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
