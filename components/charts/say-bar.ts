const formats = {
  time: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }),
  day: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }),
  weekday: new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" }),
} as const;

// Put together here: whether a comma stands between them differs from runtime to runtime.
const sayDay = (at: Date) => `${formats.weekday.format(at)} ${formats.day.format(at)}`;

const dayMs = 86_400_000;

/** A bar's place under the axis: the day at midnight or where bars are days, else the time. In UTC. */
export function sayTick(from: string, barMs: number): string {
  const at = new Date(from);
  return barMs >= dayMs || at.getTime() % dayMs === 0 ? formats.day.format(at) : formats.time.format(at);
}

/** `Sat 21 Nov, 10:00 to 11:00 UTC`. */
export function sayStretch(from: string, barMs: number): string {
  const [begin, end] = [new Date(from), new Date(Date.parse(from) + barMs)];
  if (barMs === dayMs) return sayDay(begin);
  const day = sayDay(begin);
  if (barMs > dayMs) return `${day} to ${sayDay(end)}`;
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

/** The bars to name under the axis: where days begin, or hours that people count in; every bar where they are few. */
export function ticksOf(bars: readonly { from: string }[], barMs: number): string[] {
  const all = bars.map(({ from }) => from);
  const lengthMs = barMs * all.length;
  const stepMs = [3_600_000, 3 * 3_600_000, 6 * 3_600_000, dayMs, 2 * dayMs, 7 * dayMs].find(
    (step) => step >= barMs && lengthMs / step <= 16,
  );
  if (stepMs === undefined) return all;
  // Under the first bar there would be no room to its left.
  const ticks = all.filter((from, at) => at > 0 && Date.parse(from) % stepMs === 0);
  return ticks.length > 1 ? ticks : all;
}
