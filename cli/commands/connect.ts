import { Command } from "commander";
import { connectAccount } from "#lib/accounts/connect-account.ts";
import { AwsConnection } from "#lib/clouds/aws/credentials.ts";
import { openSession } from "#lib/clouds/open-session.ts";
import { DomainError } from "#lib/errors.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { parseInput } from "#lib/mutation.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { withInstallation } from "../installation.ts";
import { oneOf, repeatable } from "../options.ts";

type Options = {
  name?: string;
  environment?: string;
  profile?: string;
  roleArn?: string;
  externalId?: string;
  region: string[];
  schedule?: string;
  timeZone: string;
  organisation?: string;
};

export const command = () =>
  new Command("connect")
    .description("connect an AWS account to this installation, and start its first scan")
    .argument("<cloud>", "aws", oneOf(["aws"]))
    .option("--name <name>", "what to call it (default: its id)")
    .option("--environment <name>", "such as production")
    .option("--profile <name>", "the AWS profile to use (default: the SDK's own chain)")
    .option("--role-arn <arn>", "the role to assume in the account, starting from those credentials")
    .option("--external-id <id>", "the external id that the role's trust policy asks for")
    .option("--region <name>", "a region to scan (repeatable; default: all that are enabled)", repeatable, [])
    .option("--schedule <cron>", 'when to scan by itself, such as "0 3 * * *" (default: only when asked)')
    .option("--time-zone <name>", "the time zone of the schedule", "UTC")
    .option("--organisation <name>", "the organisation, when there are several")
    .action(async (_cloud: "aws", options: Options) => {
      const connection = connectionOf(options);
      const externalId = await reach(connection);
      await withInstallation(options.organisation, async ({ db }, scope) => {
        const { accountId } = await connectAccount(db, scope, {
          cloud: "aws",
          externalId,
          name: options.name ?? externalId,
          environment: options.environment ?? null,
          connection,
          regions: options.region.length > 0 ? options.region : null,
          schedule: options.schedule ?? null,
          scheduleTimeZone: options.timeZone,
        });
        const { scanId } = await startScan(db, scope, { accountIds: [accountId], trigger: "connect" });
        await (await jobQueue()).close();
        process.stdout.write(`Connected account ${externalId}; scan ${scanId} has been started.\n`);
      });
    });

function connectionOf({ profile, roleArn, externalId }: Options): AwsConnection {
  const source = profile === undefined ? { type: "ambient" } : { type: "profile", profile };
  if (roleArn === undefined && externalId !== undefined) {
    throw new DomainError("invalid_input", "--external-id goes with --role-arn.");
  }
  const wanted = roleArn === undefined ? source : { type: "assume_role", roleArn, externalId, source };
  return parseInput(AwsConnection, wanted);
}

/** The id of the account that the connection reaches. The worker must reach it in the same way later. */
async function reach(connection: AwsConnection): Promise<string> {
  const session = openSession({ cloud: "aws", externalId: null, connection });
  try {
    return await session.account();
  } catch (error) {
    const gap = session.gapOf(error, null, "global");
    if (!gap) throw error;
    throw new DomainError(
      "unavailable",
      `Nothing was connected: the account can't be reached. ${gap.message}`,
      {
        cause: error,
      },
    );
  } finally {
    session.close();
  }
}
