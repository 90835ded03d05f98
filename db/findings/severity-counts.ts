import type { Severity } from "#lib/checks/model.ts";

export const noSeverities = (): Record<Severity, number> => ({
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  info: 0,
});
