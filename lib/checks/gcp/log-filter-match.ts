import { type LogFilter, parseLogFilter } from "./log-filter.ts";

/**
 * Whether a filter matches an entry of which only part is told. `depends`: on what isn't told, so that some such entries
 * are matched and others are not. `unclear`: the filter is written in a way that isn't understood here.
 */
export type Match = "yes" | "no" | "depends" | "unclear";

/** Part of a log entry. A field that isn't there may have any value; one that is `null` is missing for certain. */
export type LogEntry = { [field: string]: LogValue };
export type LogValue = string | null | LogEntry | readonly LogValue[];

export function matchLogFilter(text: string, entry: LogEntry): Match {
  const filter = parseLogFilter(text);
  return filter === undefined ? "unclear" : matchFilter(filter, entry);
}

/** Whether a filter lets every entry through: `yes` for an empty one, or for one that asks for what all entries have. */
export const matchesEveryEntry = (text: string): boolean => matchLogFilter(text, anyEntry) === "yes";

/** What every entry has, whatever its value. */
const anyEntry: LogEntry = Object.fromEntries(
  ["logName", "resource", "timestamp", "receiveTimestamp", "severity", "insertId"].map((name) => [name, {}]),
);

/** The same for a filter that has been taken apart, as when several entries are asked about. */
export function matchFilter(filter: LogFilter, entry: LogEntry): Match {
  switch (filter.op) {
    case "and":
      return all(filter.parts.map((part) => matchFilter(part, entry)));
    case "or":
      return not(all(filter.parts.map((part) => not(matchFilter(part, entry)))));
    case "not":
      return not(matchFilter(filter.part, entry));
    case "text":
      return contains(leavesOf(entry), filter.value, false);
    case "call":
      return matchCall(filter, entry);
    case "compare":
      return matchComparison(filter, valuesAt(entry, filter.field));
  }
}

function all(matches: readonly Match[]): Match {
  return (["no", "unclear", "depends"] as const).find((match) => matches.includes(match)) ?? "yes";
}

const not = (match: Match): Match => (match === "yes" ? "no" : match === "no" ? "yes" : match);

const yesOrNo = (is: boolean): Match => (is ? "yes" : "no");

function matchCall(call: Extract<LogFilter, { op: "call" }>, entry: LogEntry): Match {
  // `sample` lets a fraction through.
  if (call.name === "sample") return "depends";
  const [id] = call.arguments;
  if (call.name !== "log_id" || id === undefined) return "unclear";
  const { logName } = entry;
  if (typeof logName !== "string") return "depends";
  return yesOrNo(logName.endsWith(`/logs/${encodeURIComponent(id)}`));
}

function matchComparison(
  { comparator, value }: Extract<LogFilter, { op: "compare" }>,
  found: readonly LogValue[] | undefined,
): Match {
  if (comparator === ":" && value === "*") return found === undefined ? "depends" : yesOrNo(found.length > 0);
  // Every severity is DEFAULT, which is the lowest, or more.
  if (comparator === ">=" && value.toUpperCase() === "DEFAULT") return "yes";
  if (found === undefined) return "depends";
  if (comparator === "!=") return not(matchAny(found, (text) => yesOrNo(equals(text, value))));
  if (comparator === "!~") return not(matchAny(found, (text) => matchPattern(value, text)));
  if (comparator === ":") return contains(found.flatMap(leavesOf), value, found.every(isText));
  if (comparator === "=") return matchAny(found, (text) => yesOrNo(equals(text, value)));
  if (comparator === "=~") return matchAny(found, (text) => matchPattern(value, text));
  return matchAny(found, (text) => compareSeverities(text, comparator, value));
}

const isText = (value: LogValue) => typeof value === "string";
const equals = (text: string, value: string) => text.toLowerCase() === value.toLowerCase();

/** A comparison with a repeated field holds when it holds for one of its values. */
function matchAny(found: readonly LogValue[], match: (text: string) => Match): Match {
  return not(all(found.map((value) => (typeof value === "string" ? not(match(value)) : "depends"))));
}

function contains(texts: readonly string[], value: string, isWhole: boolean): Match {
  const wanted = value.toLowerCase();
  if (texts.some((text) => text.toLowerCase().includes(wanted))) return "yes";
  return isWhole ? "no" : "depends";
}

const severities = [
  "DEFAULT",
  "DEBUG",
  "INFO",
  "NOTICE",
  "WARNING",
  "ERROR",
  "CRITICAL",
  "ALERT",
  "EMERGENCY",
];

function compareSeverities(text: string, comparator: ">" | "<" | ">=" | "<=", value: string): Match {
  const left = severities.indexOf(text);
  const right = severities.indexOf(value.toUpperCase());
  if (left < 0 || right < 0) return "unclear";
  if (comparator === ">=" || comparator === "<=") {
    if (left === right) return "yes";
  }
  return yesOrNo(comparator.startsWith(">") ? left > right : left < right);
}

/**
 * Google's patterns (RE2) run in linear time; JavaScript's don't, so a pattern with repeated groups, or with more
 * repetitions than a few, isn't tried.
 */
function matchPattern(pattern: string, text: string): Match {
  const [, flag = "", rest = ""] = /^(\(\?i\))?([\s\S]*)$/.exec(pattern) ?? [];
  const plain = rest.replace(/\\[\s\S]/g, "x");
  const isBounded =
    plain.length <= 500 && !/\)[*+?{]|\(\?(?!:)/.test(plain) && (plain.match(/[*+?{]/g) ?? []).length <= 3;
  if (!isBounded) return "unclear";
  try {
    return yesOrNo(new RegExp(rest, flag ? "i" : "").test(text));
  } catch {
    return "unclear";
  }
}

/** The values at a path, all of them where it leads through lists; `undefined` when that part of the entry isn't told. */
function valuesAt(value: LogValue, path: readonly string[]): readonly LogValue[] | undefined {
  if (value === null) return [];
  if (Array.isArray(value)) {
    const each = value.map((item: LogValue) => valuesAt(item, path));
    return each.includes(undefined) ? undefined : each.flatMap((values) => values ?? []);
  }
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value === "string") return [];
  const key = Object.keys(value).find((key) => nameOf(key) === nameOf(name));
  const at = key === undefined ? undefined : (value as LogEntry)[key];
  return at === undefined ? undefined : valuesAt(at, rest);
}

/** Names are written as in `protoPayload` or as in `proto_payload`. */
const nameOf = (name: string) => name.toLowerCase().replaceAll("_", "");

function leavesOf(value: LogValue): string[] {
  if (value === null) return [];
  if (typeof value === "string") return [value];
  return Object.values(value).flatMap(leavesOf);
}
