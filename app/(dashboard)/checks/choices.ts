/** How a check stands: `unknown` where it could not tell somewhere, whatever else it said. */
export const standings = ["failing", "unknown", "passing", "unjudged"] as const;
export type Standing = (typeof standings)[number];

export const standingWords: Readonly<Record<Standing, string>> = {
  failing: "Failing",
  unknown: "Unknown somewhere",
  passing: "All passed",
  unjudged: "Nothing to judge yet",
};

export const sorts = ["service", "failing", "severity"] as const;
export type ChecksSort = (typeof sorts)[number];

export const sortWords: Readonly<Record<ChecksSort, string>> = {
  service: "By service",
  failing: "Most failing first",
  severity: "Gravest first",
};
