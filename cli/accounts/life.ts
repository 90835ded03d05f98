import { setTimeout as delay } from "node:timers/promises";
import { Command } from "commander";
import { eq } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { deleteAccount } from "#lib/accounts/delete-account.ts";
import { disableAccount } from "#lib/accounts/disable-account.ts";
import { enableAccount } from "#lib/accounts/enable-account.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { withInstallation } from "../installation.ts";
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
      await withInstallation(organisation, async ({ db }, scope) => {
        const { id: accountId, name } = await findAccount(db, scope, word);
        const { stoppedUnits } = await disableAccount(db, scope, { accountId });
        await (await jobQueue()).close();
        const stopped = stoppedUnits > 0 ? ` ${stoppedUnits} units of a running scan were cancelled.` : "";
        process.stdout.write(`Disabled ${name}.${stopped}\n`);
      });
    },
  );

export const enableCommand = (): Command =>
  forAccount("enable", "have a disabled account scanned again").action(
    async (word: string, { organisation }: Options) => {
      await withInstallation(organisation, async ({ db }, scope) => {
        const { id: accountId, name } = await findAccount(db, scope, word);
        await enableAccount(db, scope, { accountId });
        process.stdout.write(`Enabled ${name}.\n`);
      });
    },
  );

export const deleteCommand = (): Command =>
  forAccount("delete", "delete an account with all that was found in it; only the audit trail stays")
    .requiredOption("--confirm <name>", "the account's name, to say that you mean it")
    .option("--wait", "wait until it is gone")
    .action(async (word: string, options: Options & { confirm: string; wait?: boolean }) => {
      await withInstallation(options.organisation, async ({ db }, scope) => {
        const { id: accountId, name } = await findAccount(db, scope, word);
        await deleteAccount(db, scope, { accountId, confirmation: options.confirm });
        await (await jobQueue()).close();
        if (options.wait) await waitUntilGone(db, accountId);
        process.stdout.write(options.wait ? `Deleted ${name}.\n` : `A worker is deleting ${name}.\n`);
      });
    });

const pollMs = 500;

async function waitUntilGone(db: Database, accountId: string): Promise<void> {
  for (;;) {
    const [left] = await db
      .select({ deletion: accounts.deletion })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!left) return;
    if (process.stderr.isTTY && left.deletion) {
      process.stderr.write(`\r${left.deletion.deleted} of ${left.deletion.total} rows are gone`);
    }
    await delay(pollMs);
  }
}
