import type { VerdictStatus } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { SaidStatus } from "../model.ts";

/** What the database holds of the accounts, resources and findings that a batch is about. */
export type Known = {
  /** By `accountKey`, and the import's own account by its id. */
  accounts: ReadonlyMap<string, KnownAccount>;
  /** Resources by account and uid. */
  resources: ReadonlyMap<string, KnownResource>;
  /** Those that Parapet's own checks may have judged, by account. */
  judged: ReadonlyMap<string, readonly JudgedResource[]>;
  /** What other tools last said, by account, uid and check. */
  said: ReadonlyMap<string, { verdict: SaidStatus; observedAt: Date }>;
  /** By resource and check. */
  findings: ReadonlyMap<string, KnownFinding>;
  /** Now, by the database's clock. */
  now: Date;
};

export type KnownAccount = { id: string; cloud: Cloud; isUsable: boolean };
export type KnownResource = { id: string; uid: string; deletedAt: Date | null };
export type JudgedResource = {
  uid: string;
  kind: string;
  name: string;
  region: string;
  verdicts: Record<string, VerdictStatus>;
};
export type KnownFinding = {
  id: string;
  status: "open" | "resolved";
  reason: string;
  severity: string;
};

const separator = "\u0001";
export const keyOf = (...parts: readonly string[]): string => parts.join(separator);
export const accountKey = ({ cloud, externalId }: { cloud: Cloud; externalId: string }): string =>
  keyOf(cloud, externalId.toLowerCase());
