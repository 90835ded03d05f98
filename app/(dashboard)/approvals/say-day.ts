const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** The day of a moment, by UTC, as those are by which acceptances end. */
export const dayOf = (at: string): string => day.format(new Date(at));
