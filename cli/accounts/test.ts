import { Command } from "commander";
import type { ConnectionTest } from "#db/accounts/schema.ts";
import { printable } from "../table.ts";
import { withAccounts } from "./backend.ts";
import { findAccount } from "./find-account.ts";

const epilogue = `
Exit codes: 0 nothing is missing, 1 could not run or the account was not reached, 2 permissions are missing,
3 reached, but not every permission could be judged.`;

export const testCommand = (): Command =>
  new Command("test")
    .description("reach an account, and name the identity and the permissions that are missing")
    .argument("<account>", "its id, the provider's id, or its name")
    .option("--write", "test the identity that fixes are made with")
    .option("--json", "print the result as JSON")
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", epilogue)
    .action(async (word: string, options: { write?: boolean; json?: boolean; organisation?: string }) => {
      const test = await withAccounts(options.organisation, async (accounts) => {
        const { id } = await findAccount(accounts, word);
        return accounts.test(id, options.write ? "write" : "read");
      });
      process.stdout.write(
        options.json ? `${JSON.stringify(test, null, 2)}\n` : `${linesOf(test).map(printable).join("\n")}\n`,
      );
      process.exitCode = exitCodeOf(test);
    });

function exitCodeOf({ reached, error, missing, untold }: ConnectionTest): number {
  if (!reached) return 1;
  if (missing.length > 0) return 2;
  return error !== null || untold.length > 0 ? 3 : 0;
}

function linesOf({ reached, error, method, missing, untold }: ConnectionTest): string[] {
  const where = reached && `${reached.externalId}${reached.accountName ? ` (${reached.accountName})` : ""}`;
  const list = (groups: ConnectionTest["missing"]) =>
    groups.map(({ service, permissions }) => `  ${service}: ${permissions.join(", ")}`);
  return [
    ...(reached ? [`Reached ${where} as ${reached.identity}.`] : []),
    ...(error === null ? [] : [error]),
    ...(missing.length > 0 ? ["Missing permissions:", ...list(missing)] : []),
    ...(untold.length > 0 ? ["Of these the test can't tell:", ...list(untold)] : []),
    ...(reached && error === null && missing.length + untold.length === 0 ? ["Nothing is missing."] : []),
    ...(method === "tried" ? ["Every list was tried once; what the account has nothing of was not."] : []),
  ];
}
