import { type Command, InvalidArgumentError } from "commander";
import { findingSources, findingStates } from "#db/findings/schema.ts";
import { severities } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import { type FindingFilter, findingFilter, openStates } from "#lib/findings/filter.ts";
import { clouds } from "#lib/inventory/model.ts";
import { oneOf, repeatable } from "../options.ts";

export type FilterOptions = {
  status?: "open" | "resolved" | "all";
  state: string[];
  severity: string[];
  cloud: string[];
  service: string[];
  region: string[];
  check: string[];
  assignee: string[];
  owner: string[];
  source: string[];
  overdue?: boolean;
  text: string;
};

const statesOf = { open: openStates, resolved: ["resolved"], all: [] } as const;

/** The options that say which findings are meant. */
export const withFilterOptions = (command: Command): Command =>
  command
    .option(
      "--status <status>",
      "open, resolved or all (default: open)",
      oneOf(["open", "resolved", "all"] as const),
    )
    .option(
      "--state <state>",
      `in place of --status: ${findingStates.join(", ")} (repeatable)`,
      repeatable,
      [],
    )
    .option("--severity <severity>", "only this severity (repeatable)", repeatable, [])
    .option("--cloud <name>", "only this cloud: aws, azure or gcp (repeatable)", repeatable, [])
    .option("--service <name>", "only this service (repeatable)", repeatable, [])
    .option("--region <name>", "only this region (repeatable)", repeatable, [])
    .option("--check <id>", "only this check (repeatable)", repeatable, [])
    .option(
      "--assignee <person>",
      "only theirs: a name, an id, me, or none for nobody's (repeatable)",
      repeatable,
      [],
    )
    .option(
      "--owner <tag>",
      "only resources with this owner tag, none for those without (repeatable)",
      repeatable,
      [],
    )
    .option("--source <name>", `only found by: ${findingSources.join(", ")} (repeatable)`, repeatable, [])
    .option("--overdue", "only those past their date")
    .option("--text <text>", "part of the check's title or the resource's name or id", "");

/** Somebody that a finding can be assigned to. */
export type Assignable = { id: string; name: string };

/** Whom a word means: an id, or a name in full. Throws a DomainError that lists the choice. */
export function findPerson(people: readonly Assignable[], word: string): Assignable {
  const wanted = word.toLowerCase();
  const found = people.filter(({ id, name }) => id === word || name.toLowerCase() === wanted);
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const choice = (only ? found : people).map(({ id, name }) => `${name} (${id})`).join(", ");
  throw only
    ? new DomainError("invalid_input", `${word} means several people: ${choice}. Give one's id.`)
    : new DomainError("not_found", `There is nobody called ${word}. There are: ${choice || "none"}.`);
}

/** Whether any option narrows what is meant: without one, every open finding would be. */
export const isNarrowed = (options: FilterOptions): boolean =>
  options.status !== undefined ||
  options.overdue === true ||
  options.text !== "" ||
  [options.state, options.severity, options.cloud, options.service, options.region, options.check]
    .concat([options.assignee, options.owner, options.source])
    .some((list) => list.length > 0);

/**
 * The filter that the options come to.
 *
 * @param people Asked only where somebody is named; `me` is null where the command line acts for nobody.
 */
export async function filterOf(
  options: FilterOptions,
  who: { me: string | null; people(): Promise<readonly Assignable[]> },
): Promise<FindingFilter> {
  if (options.state.length > 0 && options.status !== undefined) {
    throw new InvalidArgumentError("Give --status or --state, not both.");
  }
  const people = options.assignee.some((word) => word !== "me" && word !== "none") ? await who.people() : [];
  const assigneeOf = (word: string): string => {
    if (word === "none") return "";
    if (word !== "me") return findPerson(people, word).id;
    if (who.me !== null) return who.me;
    throw new DomainError(
      "invalid_input",
      "On its own database the command line is nobody: --assignee me needs PARAPET_URL.",
    );
  };
  return findingFilter({
    states:
      options.state.length > 0
        ? options.state.map(oneOf(findingStates))
        : [...statesOf[options.status ?? "open"]],
    severities: options.severity.map(oneOf(severities)),
    clouds: options.cloud.map(oneOf(clouds)),
    services: options.service,
    regions: options.region,
    checkIds: options.check,
    assigneeIds: options.assignee.map(assigneeOf),
    owners: options.owner.map((owner) => (owner === "none" ? "" : owner)),
    sources: options.source.map(oneOf(findingSources)),
    due: options.overdue ? "overdue" : "any",
    text: options.text,
  });
}
