/** A day of the calendar; months count from 1. */
export type Day = { year: number; month: number; day: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const found = formats.get(timeZone);
  if (found) return found;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  } as const);
  formats.set(timeZone, format);
  return format;
}

/** What a clock on the wall there shows, as the moment at which one in UTC would show it. */
function wallClock(at: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The day that it is there. Throws a RangeError for a time zone that there is not. */
export function dayThere(at: Date, timeZone: string): Day {
  const wall = new Date(wallClock(at, timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

export function addDays({ year, month, day }: Day, days: number): Day {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** ISO: 1 is Monday. */
export const weekdayOf = ({ year, month, day }: Day): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;

/**
 * When it is that hour of that day there. Of an hour that clocks left out it is the moment of the change, give or take an
 * hour; of one that came twice, one of the two.
 */
export function momentThere({ year, month, day }: Day, hour: number, timeZone: string): Date {
  const wanted = Date.UTC(year, month - 1, day, hour);
  let at = wanted;
  // The offset of the guess may be that of before a change of clocks; a second look sees the one after.
  for (let look = 0; look < 2; look += 1) at += wanted - wallClock(new Date(at), timeZone);
  return new Date(at);
}
