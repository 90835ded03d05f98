import type { Command } from "commander";
import { auditResults } from "#db/audit/schema.ts";
import { type AuditFilter, AuditFilterInput, type AuditRange, sinceOf } from "#lib/audit/filter.ts";
import { DomainError } from "#lib/errors.ts";
import { oneOf, repeatable } from "../options.ts";

export type RangeOptions = {
  since: string;
  until?: string;
  organisation?: string;
  json?: boolean;
  verbose?: boolean;
};

export type AuditFilterOptions = RangeOptions & {
  actor: string[];
  action: string[];
  object?: string;
  kind?: string;
  result: string[];
  correlation?: string;
  text: string;
};

/** The options that every reading command has. */
export const withRangeOptions = (command: Command, since = "24h"): Command =>
  withTimes(command, since).option("--json", "print JSON").option("--verbose", "print more of each");

/** The whole program has an option of that name too, which takes it from every command. */
export const withVerbose = <T extends object>(options: T, self: Command): T & { verbose: boolean } => ({
  ...options,
  verbose: self.optsWithGlobals().verbose === true,
});

const withTimes = (command: Command, since: string): Command =>
  command
    .option("--since <time>", "from so long ago (24h, 7d, 1w), from a day or a moment on", since)
    .option("--until <time>", "before so long ago, a day or a moment; now when left out")
    .option("--organisation <name>", "the organisation, when there are several");

/** The options that say which entries are meant. */
export const withAuditFilterOptions = (command: Command, since = "24h"): Command =>
  withTimes(command, since)
    .option("--actor <id>", "only who has this id, or this part of Parapet (repeatable)", repeatable, [])
    .option(
      "--action <action>",
      "only this action, such as scan.start or scan.* (repeatable)",
      repeatable,
      [],
    )
    .option("--object <id>", "only what was done to the object with this id")
    .option("--kind <kind>", "only what was done to objects of this kind, such as scan")
    .option("--result <result>", `only: ${auditResults.join(", ")} (repeatable)`, repeatable, [])
    .option("--correlation <id>", "only what belongs to one request or job")
    .option("--text <text>", "part of an action's name, or the beginning of an object's id", "");

/** The stretch of time that the options come to. */
export function rangeOf({ since, until }: RangeOptions, now = Date.now()): AuditRange {
  const range = { from: sinceOf(since, now), to: until === undefined ? new Date(now) : sinceOf(until, now) };
  if (range.from < range.to) return range;
  throw new DomainError("invalid_input", "--since must be before --until.");
}

/** The filter that the options come to. Without --until it has no end: a clock may be ahead. */
export function auditFilterOf(options: AuditFilterOptions, now = Date.now()): AuditFilter {
  const { from, to } = rangeOf(options, now);
  const parsed = AuditFilterInput.safeParse({
    from: from.toISOString(),
    to: options.until === undefined ? null : to.toISOString(),
    actors: options.actor,
    actions: options.action,
    objectKind: options.kind ?? null,
    objectId: options.object ?? null,
    results: options.result.map(oneOf(auditResults)),
    correlationId: options.correlation ?? null,
    text: options.text,
  });
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new DomainError("invalid_input", told.join("; "));
}
