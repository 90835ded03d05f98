import type { GapCode } from "#lib/inventory/model.ts";
import type { ScanScope, scans, UnitStatus } from "./schema.ts";

/* What queries of scans answer. Plain JSON: moments are ISO strings, so that a page and an API carry the same. */

export type ScanStatus = (typeof scans.$inferSelect)["status"];

/** A scan as far as how it stands goes. */
export type ScanBrief = {
  id: string;
  status: ScanStatus;
  createdAt: string;
  finishedAt: string | null;
  units: Record<UnitStatus, number>;
};

/** A scan with what it came to, summed over its units in the accounts that are visible. */
export type ScanView = ScanBrief & {
  trigger: "manual" | "connect" | "schedule" | "fix";
  /** Who asked for it; null when nobody did, or when it was a part of the system. */
  requestedBy: string | null;
  scope: ScanScope;
  error: string | null;
  /** Names of the accounts it covers. */
  accounts: string[];
  resources: number;
  changed: number;
  opened: number;
  resolved: number;
  reopened: number;
  gaps: number;
  calls: number;
  throttles: number;
};

export type UnitView = {
  id: string;
  accountId: string;
  account: string;
  service: string;
  region: string;
  supporting: boolean;
  status: UnitStatus;
  attempts: number;
  resources: number;
  changed: number;
  calls: number;
  throttles: number;
  gaps: number;
  startedAt: string | null;
  finishedAt: string | null;
  error: string | null;
};

/** How far a scan has come in one account. */
export type AccountProgress = { accountId: string; account: string; units: Record<UnitStatus, number> };

/** How long the ended units of one service took, in milliseconds, and what they did. */
export type ServiceTimes = {
  service: string;
  units: number;
  minMs: number;
  medianMs: number;
  p95Ms: number;
  maxMs: number;
  /** Of all its units, one after another. */
  totalMs: number;
  resources: number;
  calls: number;
  throttles: number;
};

/** Gaps of one cause: the same call, refused in the same way, in one account. */
export type GapGroup = {
  code: GapCode;
  operation: string;
  account: string;
  service: string;
  regions: string[];
  count: number;
  /** Resources that were seen and whose facts are incomplete. */
  resources: number;
  /** True when a whole list could not be read, so that resources may exist which nobody saw. */
  wholeList: boolean;
  /** What the provider said, once. */
  message: string;
};

export const noUnits = (): Record<UnitStatus, number> => ({
  waiting: 0,
  queued: 0,
  running: 0,
  done: 0,
  gap: 0,
  failed: 0,
  cancelled: 0,
});
