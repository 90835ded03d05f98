const dayMs = 86_400_000;

/** The end of the day (UTC) that is so many days from `now`, ISO. */
export function inDays(days: number, now: number = Date.now()): string {
  return endOfDay(new Date(now + days * dayMs).toISOString().slice(0, 10));
}

/** The last moment of a day such as `2026-03-01`, in UTC, as the server takes it. */
export const endOfDay = (day: string): string => `${day}T23:59:59.000Z`;

/** The day of a moment, as a date input takes it. */
export const dateOf = (at: string): string => at.slice(0, 10);
