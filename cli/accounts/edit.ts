import { Command } from "commander";
import { DomainError } from "#lib/errors.ts";
import { repeatable } from "../options.ts";
import { withAccounts } from "./backend.ts";
import {
  type ConnectionOptions,
  connectionOf,
  saysHow,
  withConnectionOptions,
} from "./connection-options.ts";
import { findAccount } from "./find-account.ts";
import { readSecrets } from "./secret-input.ts";

type Options = ConnectionOptions & {
  name?: string;
  environment?: string | false;
  region: string[];
  allRegions?: boolean;
  schedule?: string | false;
  timeZone?: string;
  ambient?: boolean;
  organisation?: string;
};

export const editCommand = (): Command =>
  withConnectionOptions(
    new Command("edit")
      .description("change an account's settings, how it is reached, or its secrets")
      .argument("<account>", "its id, the provider's id, or its name")
      .option("--name <name>", "what to call it")
      .option("--environment <name>", "such as production")
      .option("--no-environment", "none")
      .option("--region <name>", "AWS: a region to scan (repeatable)", repeatable, [])
      .option("--all-regions", "AWS: scan every region that is enabled")
      .option("--schedule <cron>", "when to scan by itself")
      .option("--no-schedule", "only when asked")
      .option("--time-zone <name>", "the time zone of the schedule")
      .option("--ambient", "reach it by the machine's own credentials"),
  )
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", "\nExit codes: 0 changed, 1 not changed; why is told on standard error.")
    .action(async (word: string, options: Options) => {
      const secrets = await readSecrets(options);
      await withAccounts(options.organisation, async (accounts) => {
        const { id, name, cloud, revision } = await findAccount(accounts, word);
        const replacesSecretsAlone = Object.keys(secrets).length > 0 && options.clientId === undefined;
        const how =
          options.ambient || (saysHow(options) && !replacesSecretsAlone)
            ? { connection: { ...connectionOf(cloud, options) } }
            : {};
        await accounts.edit(id, { revision, secrets, ...how, ...settingsOf(options) });
        process.stdout.write(`Changed ${options.name ?? name}.\n`);
      });
    });

function settingsOf({ name, environment, region, allRegions, schedule, timeZone }: Options) {
  if (allRegions && region.length > 0)
    throw new DomainError("invalid_input", "Give --region or --all-regions, not both.");
  return {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment: environment === false ? null : environment }),
    ...(region.length > 0 ? { regions: region } : {}),
    ...(allRegions ? { regions: null } : {}),
    ...(schedule === undefined ? {} : { schedule: schedule === false ? null : schedule }),
    ...(timeZone === undefined ? {} : { scheduleTimeZone: timeZone }),
  };
}
