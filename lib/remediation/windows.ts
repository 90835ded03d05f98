/** A span of the week in which changes may be made, as the place it is for keeps time. */
export type Window = {
  /** ISO weekdays, 1 for Monday, on which it opens. */
  days: readonly number[];
  /** `HH:MM`; an end at or before the start is on the next day. */
  start: string;
  end: string;
  /** IANA name, such as `Europe/Vienna`. */
  timeZone: string;
};

/** Whether changes may be made at `at`. Without any window they always may. */
export const isOpen = (windows: readonly Window[], at: Date): boolean =>
  windows.length === 0 || windows.some((window) => isWithin(window, at));

/** How far ahead an opening is looked for: a window that opens once a week, and a week in which its hour was left out. */
const aheadDays = 15;

/**
 * The first moment from `from` on at which changes may be made in one of several places at least, each with its windows.
 * Null when there is none in the next two weeks.
 */
export function nextOpening(places: readonly (readonly Window[])[], from: Date): Date | null {
  if (places.some((windows) => isOpen(windows, from))) return from;
  const openings = places.flatMap((windows) => windows.flatMap((window) => openingsOf(window, from)));
  const first = openings.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  return Number.isFinite(first) ? new Date(first) : null;
}

function isWithin({ days, start, end, timeZone }: Window, at: Date): boolean {
  const { weekday, minutes } = localTime(at, timeZone);
  const [from, to] = [minutesOf(start), minutesOf(end)];
  if (from < to) return days.includes(weekday) && minutes >= from && minutes < to;
  return (
    (days.includes(weekday) && minutes >= from) ||
    (days.includes(weekday === 1 ? 7 : weekday - 1) && minutes < to)
  );
}

/** Moments at which the window opens, the first of each day that it opens on. */
function openingsOf(window: Window, from: Date): number[] {
  const opening = minutesOf(window.start);
  for (let day = 0; day <= aheadDays; day += 1) {
    const noon = from.getTime() + day * dayMs;
    const { minutes } = localTime(new Date(noon), window.timeZone);
    const guess = Math.floor(noon / minuteMs) * minuteMs + (opening - minutes) * minuteMs;
    // Clocks that are put forward or back in between have the guess off by that, and an hour left out has it open later.
    for (let off = -shiftMinutes; off <= shiftMinutes; off += 5) {
      const at = guess + off * minuteMs;
      if (at < from.getTime()) continue;
      if (isWithin(window, new Date(at))) return [firstOpenMinute(window, at, from)];
    }
  }
  return [];
}

function firstOpenMinute(window: Window, at: number, from: Date): number {
  let first = at;
  while (first - minuteMs >= from.getTime() && isWithin(window, new Date(first - minuteMs)))
    first -= minuteMs;
  return first;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const shiftMinutes = 120;

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Throws a RangeError for a time zone that there is not. */
function localTime(at: Date, timeZone: string): { weekday: number; minutes: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    } as const);
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: weekdays.indexOf(parts.weekday ?? "") + 1,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}
