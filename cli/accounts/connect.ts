import { Command } from "commander";
import { ConnectAccountInput, connectAccount } from "#lib/accounts/connect-account.ts";
import { openSession } from "#lib/clouds/open-session.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import { DomainError } from "#lib/errors.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { parseInput } from "#lib/mutation.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { provideSandboxKeys } from "#lib/setup/provide-sandbox-keys.ts";
import { withInstallation } from "../installation.ts";
import { oneOf, repeatable } from "../options.ts";
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

A stored secret is sealed with the first key of PARAPET_SECRET_KEYS.`;

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
  const externalId = await reach({ cloud, level, externalId: wanted ?? null, connection, secrets });
  await withInstallation(options.organisation, async ({ db }, scope) => {
    const input = parseInput(ConnectAccountInput, {
      ...{ cloud, level, externalId, connection, secrets },
      name: options.name ?? externalId,
      environment: options.environment ?? null,
      regions: options.region.length > 0 ? options.region : null,
      schedule: options.schedule ?? null,
      scheduleTimeZone: options.timeZone,
    });
    const { accountId } = await connectAccount(db, scope, input);
    const { scanId } = await startScan(db, scope, { accountIds: [accountId], trigger: "connect" });
    await (await jobQueue()).close();
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ accountId, externalId, scanId })}\n`
        : `Connected account ${externalId}; scan ${scanId} has been started.\n`,
    );
  });
}

/** The id of the account that the connection reaches. The worker must reach it in the same way later. */
async function reach(account: ReachableAccount): Promise<string> {
  await provideSandboxKeys();
  const session = openSession(account);
  try {
    return await session.account();
  } catch (error) {
    const gap = session.gapOf(error, null, "global");
    if (!gap) throw error;
    throw new DomainError(
      "unavailable",
      `Nothing was connected: the account can't be reached. ${gap.message}`,
      { cause: error },
    );
  } finally {
    session.close();
  }
}
