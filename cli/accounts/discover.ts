import { Command } from "commander";
import { listMembers, listSources, type MemberView, type SourceView } from "#db/accounts/source-queries.ts";
import type { Database } from "#db/client.ts";
import { connectMembers } from "#lib/accounts/sources/connect-members.ts";
import { ConnectSourceInput, connectSource } from "#lib/accounts/sources/connect-source.ts";
import { lookForMembers, type Member } from "#lib/accounts/sources/look/look-for-members.ts";
import { performSync } from "#lib/accounts/sources/perform-sync.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { parseInput } from "#lib/mutation.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { withInstallation } from "../installation.ts";
import { oneOf, repeatable } from "../options.ts";
import { refuseRemote } from "../remote/remote.ts";
import { writeColumns, writeJson } from "../table.ts";
import { type ConnectionOptions, connectionOf, withConnectionOptions } from "./connection-options.ts";
import { readSecrets } from "./secret-input.ts";

type DiscoverOptions = ConnectionOptions & {
  save?: string;
  memberRole?: string;
  memberExternalId?: string;
  memberServiceAccount?: string;
  autoConnect?: boolean;
  json?: boolean;
  organisation?: string;
};

export const discoverCommand = (): Command =>
  withConnectionOptions(
    new Command("discover")
      .description(
        "list the accounts, subscriptions or projects that credentials can see; --save keeps in step",
      )
      .argument("<cloud>", clouds.join(", "), oneOf(clouds))
      .option("--save <name>", "keep this as a source under that name, looked at daily")
      .option("--member-role <name>", "AWS, with --save: the role's name in every member account")
      .option("--member-external-id <id>", "AWS, with --save: the external id that those roles ask for")
      .option(
        "--member-service-account <name>",
        "Google Cloud, with --save: the service account's name in every project",
      )
      .option("--auto-connect", "with --save: connect members that appear"),
  )
    .option("--json", "print them as JSON")
    .option("--organisation <name>", "the organisation, when there are several")
    .action(async (cloud: Cloud, options: DiscoverOptions) => {
      refuseRemote("accounts discover");
      const connection = connectionOf(cloud, options);
      const secrets = await readSecrets(options);
      const { members } = await lookForMembers(cloud, connection, secrets, new AbortController().signal);
      writeMembers(members, options.json === true);
      if (options.save === undefined) return;
      const source = parseInput(ConnectSourceInput, {
        ...{ cloud, connection, secrets, name: options.save },
        template: templateOf(cloud, options),
        autoConnect: options.autoConnect === true,
      });
      await withInstallation(options.organisation, async ({ db }, scope) => {
        const { sourceId } = await connectSource(db, scope, source);
        await (await jobQueue()).close();
        process.stderr.write(`Kept as source ${options.save} (${sourceId}).\n`);
      });
    });

function templateOf(cloud: Cloud, options: DiscoverOptions): object | undefined {
  const { memberRole: roleName, memberExternalId: externalId, memberServiceAccount: accountName } = options;
  if (cloud === "aws") {
    if (roleName === undefined) throw new DomainError("invalid_input", "--save needs --member-role for aws.");
    return { type: "role", roleName, ...(externalId === undefined ? {} : { externalId }) };
  }
  return cloud === "gcp" && accountName !== undefined ? { type: "service_account", accountName } : undefined;
}

function writeMembers(members: readonly (Member | MemberView)[], json: boolean): void {
  if (json) {
    writeJson(members);
    return;
  }
  const rows = members.map((member) => [
    member.externalId,
    member.level === "directory" ? `${member.name} (directory)` : member.name,
    member.state,
    "account" in member && member.account ? `connected as ${member.account.name}` : "",
  ]);
  writeColumns(process.stdout, ["id", "name", "state", ""], rows, [40, 50, 12, 60]);
}

type SyncOptions = { connect: string[]; connectAll?: boolean; json?: boolean; organisation?: string };

export const syncCommand = (): Command =>
  new Command("sync")
    .description("look for a source's members now, and list them; --connect connects some")
    .argument("[source]", "its name or id (default: the only one)")
    .option("--connect <id>", "the provider's id of a member to connect (repeatable)", repeatable, [])
    .option("--connect-all", "connect every active member that isn't")
    .option("--json", "print the members as JSON")
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", "\nExit codes: 0 in step, 1 could not run or look.")
    .action(async (word: string | undefined, options: SyncOptions) => {
      refuseRemote("accounts sync");
      await withInstallation(options.organisation, async ({ db }, scope) => {
        const { id: sourceId } = await findSource(db, scope, word);
        await performSync(db, sourceId, new AbortController().signal);
        const { lastSync } = await findSource(db, scope, sourceId);
        if (lastSync?.error) throw new DomainError("unavailable", lastSync.error);
        await connectPicked(db, scope, sourceId, options);
        await (await jobQueue()).close();
        writeMembers(await listMembers(db, scope, sourceId), options.json === true);
      });
    });

async function connectPicked(db: Database, scope: Scope, sourceId: string, options: SyncOptions) {
  const unconnected = (await listMembers(db, scope, sourceId)).filter(
    ({ state, account }) => state === "active" && account === null,
  );
  const wanted = options.connectAll ? unconnected.map(({ externalId }) => externalId) : options.connect;
  for (let from = 0; from < wanted.length; from += 500) {
    const externalIds = wanted.slice(from, from + 500);
    const { accountIds } = await connectMembers(db, scope, { sourceId, externalIds });
    await startScan(db, scope, { accountIds, trigger: "connect" });
    process.stderr.write(`Connected ${accountIds.length} accounts; their first scan has been started.\n`);
  }
}

async function findSource(db: Database, scope: Scope, word: string | undefined): Promise<SourceView> {
  const all = await listSources(db, scope);
  const found = word === undefined ? all : all.filter(({ id, name }) => [id, name].includes(word));
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const choice = all.map(({ id, name }) => `${name} (${id})`).join(", ") || "none yet";
  throw new DomainError(
    "not_found",
    only ? `Say which source: ${choice}.` : `There is no such source. Sources: ${choice}.`,
  );
}
