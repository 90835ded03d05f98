import type { UnitStatus } from "#db/scans/schema.ts";

export const unitWords: Readonly<Record<UnitStatus, string>> = {
  waiting: "Waiting for others",
  queued: "Queued",
  running: "Reading",
  done: "Read",
  gap: "Read with gaps",
  failed: "Failed",
  cancelled: "Cancelled",
};
