import { setTimeout as delay } from "node:timers/promises";
import { Command } from "commander";
import { type AccountsBackend, withAccounts } from "./backend.ts";
import { findAccount } from "./find-account.ts";

type Options = { organisation?: string };

const forAccount = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument("<account>", "its id, the provider's id, or its name")
    .option("--organisation <name>", "the organisation, when there are several");

export const disableCommand = (): Command =>
  forAccount("disable", "leave an account out of scans; its findings stay as they are").action(
    async (word: string, { organisation }: Options) => {
      await withAccounts(organisation, async (accounts) => {
        const { id, name } = await findAccount(accounts, word);
        const { stoppedUnits } = await accounts.disable(id);
        const stopped = stoppedUnits > 0 ? ` ${stoppedUnits} units of a running scan were cancelled.` : "";
        process.stdout.write(`Disabled ${name}.${stopped}\n`);
      });
    },
  );

export const enableCommand = (): Command =>
  forAccount("enable", "have a disabled account scanned again").action(
    async (word: string, { organisation }: Options) => {
      await withAccounts(organisation, async (accounts) => {
        const { id, name } = await findAccount(accounts, word);
        await accounts.enable(id);
        process.stdout.write(`Enabled ${name}.\n`);
      });
    },
  );

export const deleteCommand = (): Command =>
  forAccount("delete", "delete an account with all that was found in it; only the audit trail stays")
    .requiredOption("--confirm <name>", "the account's name, to say that you mean it")
    .option("--wait", "wait until it is gone")
    .action(async (word: string, options: Options & { confirm: string; wait?: boolean }) => {
      await withAccounts(options.organisation, async (accounts) => {
        const { id, name } = await findAccount(accounts, word);
        await accounts.delete(id, options.confirm);
        if (options.wait) await waitUntilGone(accounts, id);
        process.stdout.write(options.wait ? `Deleted ${name}.\n` : `A worker is deleting ${name}.\n`);
      });
    });

const pollMs = 1_000;

async function waitUntilGone(accounts: AccountsBackend, accountId: string): Promise<void> {
  for (;;) {
    const left = await accounts.deletionOf(accountId);
    if (left === "gone") return;
    if (process.stderr.isTTY && left) {
      process.stderr.write(`\r${left.deleted} of ${left.total} rows are gone`);
    }
    await delay(pollMs);
  }
}
