/** The module `node:timers/promises` with hardly any waiting. Imports nothing, so that it can stand in for it. */
export const hurried = (timers: typeof import("node:timers/promises")): typeof timers => ({
  ...timers,
  setTimeout: (delay, value, options) => timers.setTimeout(Math.min(delay ?? 1, 1), value, options),
});
