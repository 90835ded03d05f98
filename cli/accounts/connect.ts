import { Command } from "commander";
import { DomainError } from "#lib/errors.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { oneOf, repeatable } from "../options.ts";
import { withAccounts } from "./backend.ts";
import { type ConnectionOptions, connectionOf, withConnectionOptions } from "./connection-options.ts";
import { readSecrets } from "./secret-input.ts";

type Options = ConnectionOptions & {
  name?: string;
  environment?: string;
  subscription?: string;
  directory?: boolean;
  project?: string;
  region: string[];
  schedule?: string;
  timeZone: string;
  organisation?: string;
  json?: boolean;
};

const epilogue = `
Exit codes: 0 connected, 1 not connected; why is told on standard error, and nothing was changed.

A stored secret is sealed with the first key of PARAPET_SECRET_KEYS.

With PARAPET_URL it is the server that reaches the account: "the machine" is then the server's.`;

/** `parapet accounts connect`, and `parapet connect`. */
export const connectCommand = (): Command =>
  withConnectionOptions(
    new Command("connect")
      .description("connect a cloud account to this installation, and start its first scan")
      .argument("<cloud>", clouds.join(", "), oneOf(clouds))
      .option("--name <name>", "what to call it (default: its id)")
      .option("--environment <name>", "such as production")
      .option("--subscription <id>", "Azure: the subscription (default: the only one that is reached)")
      .option("--directory", "Azure: connect the tenant's directory instead of a subscription")
      .option("--project <id>", "Google Cloud: the project (default: that of the credentials)"),
  )
    .option("--region <name>", "AWS: a region to scan (repeatable; default: all enabled)", repeatable, [])
    .option("--schedule <cron>", 'when to scan by itself, such as "0 3 * * *" (default: only when asked)')
    .option("--time-zone <name>", "the time zone of the schedule", "UTC")
    .option("--organisation <name>", "the organisation, when there are several")
    .option("--json", "print the result as JSON")
    .addHelpText("after", epilogue)
    .action(connect);

async function connect(cloud: Cloud, options: Options): Promise<void> {
  const connection = connectionOf(cloud, options);
  const secrets = await readSecrets(options);
  const level: AccountLevel = options.directory ? "directory" : "account";
  if (level === "directory" && cloud !== "azure") {
    throw new DomainError("invalid_input", "--directory goes with azure.");
  }
  const wanted = level === "directory" ? options.tenant : (options.subscription ?? options.project);
  await withAccounts(options.organisation, async (accounts) => {
    const reach = { cloud, level, connection: { ...connection }, secrets };
    const externalId = await accounts.reach({ ...reach, externalId: wanted ?? null });
    const { accountId, scanId } = await accounts.connect({
      ...{ ...reach, externalId },
      name: options.name ?? externalId,
      environment: options.environment ?? null,
      regions: options.region.length > 0 ? options.region : null,
      schedule: options.schedule ?? null,
      scheduleTimeZone: options.timeZone,
    });
    const scan = scanId === null ? "it has not been scanned yet" : `scan ${scanId} has been started`;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ accountId, externalId, scanId })}\n`
        : `Connected account ${externalId}; ${scan}.\n`,
    );
  });
}
