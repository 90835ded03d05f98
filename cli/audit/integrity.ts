import { styleText } from "node:util";
import { Command } from "commander";
import type { AuditIntegrity, VerificationView } from "#db/audit/model.ts";
import { printable, writeJson } from "../table.ts";
import { withAudit } from "./backend.ts";
import { withVerbose } from "./options.ts";

type Options = { organisation?: string; json?: boolean; verbose?: boolean };

const epilogue = `
It tells what is known; \`parapet audit verify\` looks anew. It ends with status 2 when the trail is broken, and with 1 when
something keeps it from being provable.`;

export const integrityCommand = (): Command =>
  new Command("integrity")
    .description("tell how the trail stands: sealed, signed, anchored and verified")
    .option("--organisation <name>", "the organisation, when there are several")
    .option("--json", "print JSON")
    .option("--verbose", "print the newest checkpoint and everything that verification found")
    .addHelpText("after", epilogue)
    .action(async (given: Options, self: Command) => {
      const options = withVerbose(given, self);
      const found = await withAudit(options.organisation, (audit) => audit.integrity());
      if (options.json) writeJson(found);
      else write(found, options.verbose === true);
      if (found.state === "broken") process.exitCode = 2;
      else if (found.state === "behind") process.exitCode = 1;
    });

const signs = {
  sound: styleText("green", "✓ sound"),
  behind: styleText("yellow", "! behind"),
  unproven: styleText("dim", "– not verified yet"),
  broken: styleText("red", "✗ broken"),
};

function write(found: AuditIntegrity, isVerbose: boolean): void {
  const { pending, checkpoint, anchors, verification } = found;
  const waiting = pending.count === 0 ? "nothing" : `${pending.count}${pending.atLeast ? " or more" : ""}`;
  line("state", signs[found.state]);
  for (const reason of found.reasons) line("", printable(reason));
  line(
    "sealed",
    `${found.sealed} entries in ${found.batches} batches, last at ${found.lastSealedAt ?? "no time"}`,
  );
  line("waiting", pending.oldestAt === null ? waiting : `${waiting}, the oldest since ${pending.oldestAt}`);
  line(
    "checkpoint",
    checkpoint ? `of ${checkpoint.size} entries, at ${checkpoint.at}, by ${checkpoint.keyId}` : "none",
  );
  for (const { name, size, error } of anchors)
    line("anchor", printable(`${name}: ${error ?? (size === null ? "nothing yet" : `${size} entries`)}`));
  if (anchors.length === 0) line("anchors", "none: set PARAPET_AUDIT_ANCHORS to keep checkpoints elsewhere");
  line("verified", sayVerification(verification.all, "everything"));
  line("", sayVerification(verification.tail, "what came last"));
  if (!isVerbose) return;
  for (const each of [verification.all, verification.tail])
    for (const problem of each?.problems ?? []) line(problem.kind, printable(problem.detail));
  if (checkpoint) process.stdout.write(`\n${checkpoint.note}`);
}

const line = (name: string, text: string) => process.stdout.write(`  ${name.padEnd(12)} ${text}\n`);

const sayVerification = (found: VerificationView | null, what: string): string =>
  found
    ? `${what} (${found.from} to ${found.to}) at ${found.endedAt}: ${found.ok ? "as it was written" : `${found.problems.length} problems`}`
    : `${what}: never`;
