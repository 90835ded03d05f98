/** Days as two date fields have them: the first and the last, `2026-11-21`; empty is without end. */
export type StretchDraft = { first: string; last: string };

const dayMs = 86_400_000;

/** The moments that the days mean, in UTC: from the first's beginning up to the last's end. */
export const stretchOf = ({ first, last }: StretchDraft): { from: string | null; to: string | null } => ({
  from: first === "" ? null : `${first}T00:00:00.000Z`,
  to: last === "" ? null : new Date(Date.parse(`${last}T00:00:00.000Z`) + dayMs).toISOString(),
});

/** Why the days won't do; null when they do. */
export function stretchProblem({ first, last }: StretchDraft): string | null {
  if ([first, last].some((day) => day !== "" && Number.isNaN(Date.parse(`${day}T00:00:00.000Z`)))) {
    return "Say a date.";
  }
  return first !== "" && last !== "" && last < first ? "It ends before it begins." : null;
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** Moments as days for people: `since 1 Jan 2026`, `1 Jan 2026 to 31 Jan 2026`, `everything`. */
export function sayStretch(from: string | null, to: string | null): string {
  const first = from === null ? null : day.format(new Date(from));
  const last = to === null ? null : day.format(new Date(Date.parse(to) - 1));
  if (first === null) return last === null ? "everything" : `up to ${last}`;
  if (last === null) return `since ${first}`;
  return first === last ? first : `${first} to ${last}`;
}
