/** Lowest and highest value of minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). */
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Whether this is a cron expression of five numeric fields: stars, numbers, ranges, steps and lists of them. */
export function isCron(expression: string): boolean {
  const fields = expression.trim().split(/\s+/);
  return (
    fields.length === ranges.length &&
    ranges.every(([low, high], i) =>
      (fields[i] ?? "").split(",").every((part) => isCronPart(part, low, high)),
    )
  );
}

function isCronPart(part: string, low: number, high: number): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
  if (!match) return false;
  const [, from, to, step] = match;
  const first = from === undefined ? low : Number(from);
  const last = to === undefined ? high : Number(to);
  return first >= low && last <= high && first <= last && (step === undefined || Number(step) > 0);
}
