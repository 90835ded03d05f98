const formats = {
  time: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }),
  day: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }),
  weekday: new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }),
} as const;

const dayMs = 86_400_000;

/** A bar's place under the axis: the day at midnight or where bars are days, else the time. In UTC. */
export function sayTick(from: string, barMs: number): string {
  const at = new Date(from);
  return barMs >= dayMs || at.getTime() % dayMs === 0 ? formats.day.format(at) : formats.time.format(at);
}

/** `Sat, 21 Nov, 10:00 to 11:00 UTC`. */
export function sayStretch(from: string, barMs: number): string {
  const [begin, end] = [new Date(from), new Date(Date.parse(from) + barMs)];
  if (barMs === dayMs) return formats.weekday.format(begin);
  const day = formats.weekday.format(begin);
  if (barMs > dayMs) return `${day} to ${formats.weekday.format(end)}`;
  return `${day}, ${formats.time.format(begin)} to ${formats.time.format(end)} UTC`;
}

/** `15 minutes`, `3 hours`, `1 day`: how long a bar is. */
export function sayBarLength(barMs: number): string {
  const [count, unit] =
    barMs >= dayMs
      ? [barMs / dayMs, "day"]
      : barMs >= 3_600_000
        ? [barMs / 3_600_000, "hour"]
        : [barMs / 60_000, "minute"];
  const shown = Math.round(count * 10) / 10;
  return shown === 1 ? `${unit === "hour" ? "an" : "a"} ${unit}` : `${shown} ${unit}s`;
}
