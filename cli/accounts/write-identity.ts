import { Command } from "commander";
import { DomainError } from "#lib/errors.ts";
import { withAccounts } from "./backend.ts";
import {
  type ConnectionOptions,
  connectionOf,
  saysHow,
  withConnectionOptions,
} from "./connection-options.ts";
import { findAccount } from "./find-account.ts";
import { readSecrets } from "./secret-input.ts";

type Options = ConnectionOptions & { ambient?: boolean; remove?: boolean; organisation?: string };

export const writeIdentityCommand = (): Command =>
  withConnectionOptions(
    new Command("write-identity")
      .description("say with which identity fixes are made in an account; scans never use it")
      .argument("<account>", "its id, the provider's id, or its name")
      .option("--ambient", "the machine's own credentials")
      .option("--remove", "none any more: the account can only be read"),
  )
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", "\nExit codes: 0 changed, 1 not changed; why is told on standard error.")
    .action(async (word: string, options: Options) => {
      refuseUnclear(options);
      const secrets = await readSecrets(options);
      await withAccounts(options.organisation, async (accounts) => {
        const { id, name, cloud, revision } = await findAccount(accounts, word);
        if (options.remove) await accounts.removeWriteIdentity(id, revision);
        else {
          const connection = { ...connectionOf(cloud, options) };
          await accounts.setWriteIdentity(id, { revision, connection, secrets });
        }
        process.stdout.write(
          options.remove ? `${name} can only be read now.\n` : `Fixes in ${name} have an identity now.\n`,
        );
      });
    });

/** Without a word on how, it would be the machine's own credentials: for changing things that has to be said. */
function refuseUnclear(options: Options): void {
  const ways = [options.remove, options.ambient, saysHow(options)].filter(Boolean).length;
  if (ways === 1) return;
  throw new DomainError(
    "invalid_input",
    "Nothing was changed. Say how the identity is reached (such as --role-arn), or --ambient, or --remove: one of them.",
  );
}
