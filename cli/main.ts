import { styleText } from "node:util";
import { Command, CommanderError } from "commander";
import { pickEnvironment } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";
import { StartError } from "#lib/start-error.ts";
import { printable } from "./table.ts";

type CommandModule = { command(): Command };

/** Every sub-command by name. Only the one asked for is loaded: the scanner brings every cloud's SDK along. */
const commands: Record<string, () => Promise<CommandModule>> = {
  start: () => import("./commands/start.ts"),
  worker: () => import("./commands/worker.ts"),
  scan: () => import("./commands/scan.ts"),
  accounts: () => import("./commands/accounts.ts"),
  connect: () => import("./commands/connect.ts"),
  findings: () => import("./commands/findings.ts"),
  playbooks: () => import("./commands/playbooks.ts"),
  remediate: () => import("./commands/remediate.ts"),
  import: () => import("./commands/import.ts"),
  audit: () => import("./commands/audit.ts"),
  checks: () => import("./commands/checks.ts"),
  permissions: () => import("./commands/permissions.ts"),
  secrets: () => import("./commands/secrets.ts"),
  doctor: () => import("./commands/doctor.ts"),
  "set-up": () => import("./commands/set-up.ts"),
};

/** Runs the command line. A command sets `process.exitCode` itself when it is neither 0 nor, after an error, 1. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("parapet")
    .description("Cloud security posture for AWS, Azure and Google Cloud, on your own machine")
    .option("--verbose", "show the stack trace of an unexpected error");
  const asked = argv.slice(2).find((word) => !word.startsWith("-"));
  const load = asked && commands[asked] ? [commands[asked]] : Object.values(commands);
  for (const { command } of await Promise.all(load.map((one) => one()))) {
    const loaded = command();
    program.addCommand(loaded, { hidden: loaded.name() === "set-up" });
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`${explain(error, program.opts().verbose === true)}\n`);
    process.exit(1);
  }
}

function explain(error: unknown, isVerbose: boolean): string {
  const sign = styleText("red", "✗", { stream: process.stderr });
  if (error instanceof StartError || error instanceof DomainError || error instanceof CommanderError) {
    // It may quote names that came from a cloud or a server.
    const lines = error.message.split("\n").map(printable).join("\n");
    return lines.replace(/^(?! )/gm, `${sign} `);
  }
  if (isVerbose || isDebugging())
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const first = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return `${sign} Parapet failed in a way it did not expect: ${first} (run it again with --verbose for more)`;
}

/** Not by `env()`, which may be what failed. */
const isDebugging = () => pickEnvironment("PARAPET_DEBUG").PARAPET_DEBUG === "on";

if (import.meta.main) await main(process.argv);
