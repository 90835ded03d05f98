import { Command } from "commander";
import { workflows } from "#db/findings/schema.ts";
import { DomainError } from "#lib/errors.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";
import { oneOf } from "../options.ts";
import type { RemoteClient } from "../remote/client.ts";
import { commentRemote, listPeople, remoteFindings, undoRemote } from "../remote/findings.ts";
import { requireRemote } from "../remote/remote.ts";
import { applyChange, finishChange, type VerbOptions } from "./apply-change.ts";
import { findPerson, withFilterOptions } from "./filter-options.ts";
import { momentOf } from "./moment-of.ts";

type ExceptionOptions = { reason: string; until: string };

const epilogue = `
Name findings by their ids, or choose them by options and add --yes to change all that match.
Exit codes: 0 done, 1 not done; why is told on standard error.`;

const verb = (name: string, description: string): Command =>
  withFilterOptions(
    new Command(name)
      .description(`${description} (through a server: PARAPET_URL, PARAPET_TOKEN)`)
      .option("--yes", "change all that match the options")
      .option("--no-wait", "of many, don't wait until a worker has changed them")
      .option("--json", "print the result as JSON"),
  ).addHelpText("after", epilogue);

const withException = (command: Command): Command =>
  command
    .argument("[finding...]", "ids")
    .requiredOption("--reason <text>", "why")
    .requiredOption("--until <date>", "until when: a date such as 2030-01-31, or days such as 30d");

/** What people do with findings. Each goes through the API, so that it is done by somebody. */
export const verbCommands = (): Command[] => [
  verb("assign", "assign findings to somebody, or to nobody")
    .argument("<person>", "a name, an id, me, or none")
    .argument("[finding...]", "ids")
    .action((person: string, ids: string[], _: unknown, command: Command) =>
      act("assign findings", ids, command, async (client) => ({
        act: "assign",
        assigneeId: await assigneeOf(client, person),
      })),
    ),
  verb("status", "say how far the work on findings has come")
    .argument("<status>", workflows.join(", "), oneOf(workflows))
    .argument("[finding...]", "ids")
    .action((workflow: (typeof workflows)[number], ids: string[], _: unknown, command: Command) =>
      act("set a status", ids, command, async () => ({ act: "workflow", workflow })),
    ),
  verb("due", "set by when findings ought to be mended")
    .argument("<date>", "such as 2030-01-31 or 14d; policy for what the severity gives")
    .argument("[finding...]", "ids")
    .action((date: string, ids: string[], _: unknown, command: Command) =>
      act("set a date", ids, command, async () => ({
        act: "due",
        dueAt: date === "policy" ? null : momentOf(date),
      })),
    ),
  withException(verb("mute", "hide findings for a while, saying why")).action(
    (ids: string[], options: ExceptionOptions, command: Command) =>
      act("mute findings", ids, command, async () => ({
        ...{ act: "mute", reason: options.reason, until: momentOf(options.until) },
      })),
  ),
  verb("unmute", "end the mute of findings")
    .argument("[finding...]", "ids")
    .action((ids: string[], _: unknown, command: Command) =>
      act("unmute findings", ids, command, async () => ({ act: "unmute" })),
    ),
  withException(verb("accept-risk", "ask for the risk of findings to be accepted; a manager decides")).action(
    (ids: string[], options: ExceptionOptions, command: Command) =>
      act("ask for a risk to be accepted", ids, command, async () => ({
        ...{ act: "ask_acceptance", reason: options.reason, until: momentOf(options.until) },
      })),
  ),
  new Command("comment")
    .description("comment on a finding (through a server)")
    .argument("<finding>", "its id")
    .argument("<text>", "what to say; @[usr_…] mentions somebody")
    .action(async (findingId: string, text: string) => {
      await commentRemote(requireRemote("comment on a finding"), findingId, text);
      process.stdout.write("Commented.\n");
    }),
  new Command("undo")
    .description("put findings back as a change found them (through a server)")
    .argument("<change>", "its id, as the change printed it")
    .option("--no-wait", "of many, don't wait until a worker has changed them")
    .option("--json", "print the result as JSON")
    .action(async (changeId: string, options: Pick<VerbOptions, "wait" | "json">) => {
      const client = requireRemote("undo a change");
      await finishChange(client, await undoRemote(client, changeId), options, "Put back");
    }),
];

async function act(
  what: string,
  ids: string[],
  command: Command,
  make: (client: RemoteClient) => Promise<FindingChange>,
): Promise<void> {
  const client = requireRemote(what);
  // Options that the list has, too, are taken by it, wherever they stand.
  await applyChange(client, ids, command.optsWithGlobals<VerbOptions>(), await make(client));
}

async function assigneeOf(client: RemoteClient, word: string): Promise<string | null> {
  if (word === "none") return null;
  if (word !== "me") return findPerson(await listPeople(client), word).id;
  const me = await remoteFindings(client).me();
  if (me === null) throw new DomainError("unauthenticated", "The server doesn't say whose token this is.");
  return me;
}
