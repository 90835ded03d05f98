import { z } from "zod";
import { auditResults } from "#db/audit/schema.ts";
import { DomainError } from "../errors.ts";

const word = z.string().trim().min(1).max(300);
const some = <T extends z.ZodType>(one: T) => z.array(one).max(50).default([]);

/**
 * Which entries of the trail are asked for. Within one list any value will do, and every list must be met; an empty list
 * asks for all.
 */
export const AuditFilterInput = z.strictObject({
  /** Entries from this moment on, by the clock of who wrote them; ISO 8601. */
  from: z.iso.datetime({ offset: true }).nullable().default(null),
  /** Entries before this moment. */
  to: z.iso.datetime({ offset: true }).nullable().default(null),
  /** Users' ids, or names of parts of the system. */
  actors: some(word),
  /** An action in full, or all of a thing: `scan.*`. */
  actions: some(
    word.regex(
      /^[\w-]+(\.[\w-]+)*(\.\*)?$/,
      "It is an action such as scan.start, or scan.* for all of a thing.",
    ),
  ),
  /** What was acted on: its kind, its id, or both. */
  objectKind: word.nullable().default(null),
  objectId: word.nullable().default(null),
  results: some(z.enum(auditResults)),
  correlationId: word.nullable().default(null),
  /** Part of an action's name, or the beginning of an object's id. */
  text: z.string().trim().max(200).default(""),
});
export type AuditFilter = z.output<typeof AuditFilterInput>;

/** A filter that asks for everything, with some of it changed. */
export const auditFilter = (changes: Partial<AuditFilter> = {}): AuditFilter => ({
  ...AuditFilterInput.parse({}),
  ...changes,
});

/** The periods that the pages offer; `custom` goes by a first and a last moment. */
export const auditPeriods = ["24h", "7d", "30d", "custom"] as const;
export type AuditPeriod = (typeof auditPeriods)[number];

/** A stretch of time: from a moment on, and before another. */
export type AuditRange = { from: Date; to: Date };

const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** How long a word such as `30m`, `24h`, `7d` or `1w` is, in milliseconds; null for another word. */
export function spanOf(text: string): number | null {
  const [, count, unit = ""] = /^([1-9]\d{0,4})([mhdw])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (unitMs[unit] ?? 0);
}

/**
 * The moment that `--since` and its like mean: so long ago (`24h`, `7d`, `1w`), the beginning of a day in UTC, or a moment
 * in full. Throws a DomainError (`invalid_input`) for anything else.
 */
export function sinceOf(text: string, now = Date.now()): Date {
  const span = spanOf(text);
  if (span !== null) return new Date(now - span);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = isDay || isMoment ? Date.parse(isDay ? `${text}T00:00:00.000Z` : text) : Number.NaN;
  if (!Number.isNaN(at)) return new Date(at);
  throw new DomainError(
    "invalid_input",
    `${text} is no time: write 24h, 7d or 1w for so long ago, a day such as 2026-01-31, or a moment in full.`,
  );
}

/** The last stretch of time before now. */
export const lastOf = (spanMs: number, now = Date.now()): AuditRange => ({
  from: new Date(now - spanMs),
  to: new Date(now),
});
