/** Days, with fractions, from an ISO date to `asOf`; `null` when there is no date, or none that can be read. */
export function daysSince(date: string | null, asOf: Date): number | null {
  if (date === null) return null;
  const days = (asOf.getTime() - Date.parse(date)) / 86_400_000;
  return Number.isNaN(days) ? null : days;
}

/** The calendar day of an ISO date, in UTC, such as `2025-11-01`; a verdict's words then stay true as time goes by. */
export const dayOf = (date: string): string => new Date(date).toISOString().slice(0, 10);
