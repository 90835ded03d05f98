/** One thing measured. */
export type Figure = {
  what: string;
  value: number;
  /** Such as `evaluations/s`, `s`, `MB`. */
  unit: string;
  /** What it ought to be; `null` where it is only reported. */
  goal: number | null;
  /** Whether it meets the goal; `null` without one. */
  ok: boolean | null;
};

/** Every benchmark is a module of this shape. */
export type Benchmark = { run(): Promise<Figure[]> };

/** A figure with a goal to reach or to stay under. */
export function figure(
  what: string,
  value: number,
  unit: string,
  goal?: { atLeast: number } | { atMost: number },
): Figure {
  if (!goal) return { what, value, unit, goal: null, ok: null };
  return "atLeast" in goal
    ? { what, value, unit, goal: goal.atLeast, ok: value >= goal.atLeast }
    : { what, value, unit, goal: goal.atMost, ok: value <= goal.atMost };
}
