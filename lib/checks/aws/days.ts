/** Days, with fractions, from an ISO date to `asOf`; `null` when there is no date, or none that can be read. */
export function daysSince(date: string | null, asOf: Date): number | null {
  if (date === null) return null;
  const days = (asOf.getTime() - Date.parse(date)) / 86_400_000;
  return Number.isNaN(days) ? null : days;
}

/** Such as `91 days`: whole days that have passed. */
export const wholeDays = (days: number | null): string => {
  const whole = Math.floor(days ?? 0);
  return `${whole} ${whole === 1 ? "day" : "days"}`;
};
