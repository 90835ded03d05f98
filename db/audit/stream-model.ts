import type { StreamFilter } from "#lib/audit/streams/model.ts";
import type { DeliveryState } from "./schema.ts";

/** A webhook that the trail is streamed to, as its readers see it; never its secret. */
export type StreamView = {
  id: string;
  name: string;
  /** In full for who may manage it; for others without what comes after the host, which may be a secret. */
  url: string;
  filter: StreamFilter;
  enabled: boolean;
  revision: number;
  createdBy: { id: string; name: string };
  createdAt: string;
  /** Since when no delivery goes through; null when they do. */
  failingSince: string | null;
  /** Entries below this position have been queued, */
  position: number;
  /** of so many that are sealed. */
  sealed: number;
  counts: Record<DeliveryState, number>;
  /** The last delivery that went through. */
  lastDeliveredAt: string | null;
};

export type DeliveryView = {
  id: string;
  entryId: string;
  /** What was done; null when the entry has left the database. */
  action: string | null;
  object: { kind: string; id: string } | null;
  entryAt: string;
  position: number;
  state: DeliveryState;
  attempts: number;
  status: number | null;
  error: string | null;
  createdAt: string;
  endedAt: string | null;
};

export type DeliveryPage = { deliveries: DeliveryView[]; next: string | null };
