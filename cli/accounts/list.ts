import { Command } from "commander";
import type { AccountView } from "#db/accounts/queries.ts";
import { severities } from "#lib/checks/model.ts";
import { printable, writeColumns, writeJson } from "../table.ts";
import { type ShownAccount, withAccounts } from "./backend.ts";
import { findAccount } from "./find-account.ts";

type Options = { json?: boolean; organisation?: string };

export const listCommand = (): Command =>
  new Command("list")
    .description("list the connected accounts, with their last scan and open findings")
    .option("--json", "print them as JSON")
    .option("--organisation <name>", "the organisation, when there are several")
    .action(async ({ json, organisation }: Options) => {
      const all = await withAccounts(organisation, (accounts) => accounts.list());
      if (json) {
        writeJson(all);
        return;
      }
      const head = ["cloud", "id", "name", "environment", "health", "last scan", "open findings"];
      writeColumns(process.stdout, head, all.map(cellsOf), [6, 40, 40, 16, 12, 20, 60]);
    });

const cellsOf = (account: AccountView): string[] => [
  account.cloud,
  account.externalId,
  account.level === "directory" ? `${account.name} (directory)` : account.name,
  account.environment ?? "",
  account.health,
  account.lastScan?.startedAt.slice(0, 16).replace("T", " ") ?? "never",
  findingsOf(account),
];

const findingsOf = ({ findings }: AccountView): string =>
  severities
    .filter((severity) => findings[severity] > 0)
    .map((severity) => `${findings[severity]} ${severity}`)
    .join(", ") || "none";

export const showCommand = (): Command =>
  new Command("show")
    .description("show one account: how it is reached, its last scan and test")
    .argument("<account>", "its id, the provider's id, or its name")
    .option("--json", "print it as JSON")
    .option("--organisation <name>", "the organisation, when there are several")
    .action(async (word: string, { json, organisation }: Options) => {
      const account = await withAccounts(organisation, async (accounts) =>
        accounts.show((await findAccount(accounts, word)).id),
      );
      if (json) writeJson(account);
      else process.stdout.write(`${linesOf(account).map(printable).join("\n")}\n`);
    });

function linesOf(account: ShownAccount): string[] {
  const { lastScan, membership, source, readTest, deletion } = account;
  const rows: [string, string | null | undefined][] = [
    ["name", account.name],
    ["id", account.id],
    ["cloud", account.level === "directory" ? `${account.cloud} directory` : account.cloud],
    ["provider's id", account.externalId],
    ["environment", account.environment],
    ["health", account.health],
    ["reached by", JSON.stringify(account.connection)],
    ["secrets", namesOf(account.secrets.read)],
    ["fixes by", account.writeConnection && JSON.stringify(account.writeConnection)],
    ["secrets of fixes", namesOf(account.secrets.write)],
    ["source", source && `${source.name}${membership ? `, ${membership.state} there` : ""}`],
    ["regions", account.regions?.join(", ") ?? "every one that is enabled"],
    ["schedule", account.schedule && `${account.schedule} ${account.scheduleTimeZone}`],
    ["last scan", lastScan && `${lastScan.id} ${lastScan.status}, ${lastScan.startedAt}`],
    ["could not be read", lastScan?.unreachable ?? (lastScan?.gaps ? `${lastScan.gaps} gaps` : null)],
    ["resources", String(account.resources.reduce((sum, { resources }) => sum + resources, 0))],
    ["open findings", findingsOf(account)],
    ["last test", readTest && `${readTest.at}: ${readTest.error ?? readTest.reached?.identity ?? ""}`],
    ["being deleted", deletion && `${deletion.deleted} of ${deletion.total} rows are gone`],
  ];
  return rows.flatMap(([label, value]) => (value ? [`${label.padEnd(18)} ${value}`] : []));
}

const namesOf = (secrets: readonly { name: string; keyId: string }[]): string =>
  secrets.map(({ name, keyId }) => `${name} (sealed with key ${keyId})`).join(", ");
