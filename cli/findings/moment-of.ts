import { DomainError } from "#lib/errors.ts";

/** The moment that a word means: a number of days from now, the end of a day in UTC, or a moment in full. */
export function momentOf(word: string, now = Date.now()): string {
  const days = /^(\d{1,4})d$/.exec(word)?.[1];
  if (days !== undefined) return new Date(now + Number(days) * 86_400_000).toISOString();
  const isDay = /^\d{4}-\d\d-\d\d$/.test(word);
  const isMoment = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(word);
  const at = isDay || isMoment ? Date.parse(isDay ? `${word}T23:59:59.999Z` : word) : Number.NaN;
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw new DomainError("invalid_input", `${word} is no date: write 2030-01-31, or 30d for in thirty days.`);
}
