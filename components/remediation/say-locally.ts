/** `Mon 23 Nov, 22:00 (Europe/Berlin)`, by the clock of the place where this runs, or of a time zone. */
export function sayLocally(at: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  });
  const part = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const day = `${part.get("weekday")} ${part.get("day")} ${part.get("month")}`;
  return `${day}, ${part.get("hour")}:${part.get("minute")} (${format.resolvedOptions().timeZone})`;
}
