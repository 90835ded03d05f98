import type { z } from "zod";
import { EntryMatch } from "../match.ts";

/** Which entries of the organisation's a stream sends; with every list empty, all of them. */
export const StreamFilter = EntryMatch;
export type StreamFilter = z.output<typeof StreamFilter>;

/** What is kept of a filter; what an older version of it lacks is empty. */
export const readFilter = (stored: unknown): StreamFilter => StreamFilter.parse(stored ?? {});

/** Deliveries of one stream that wait at a time: beyond that the cursor waits, and the trail keeps what is to come. */
export const mostWaiting = 1_000;

/** Positions that one look of the fan-out passes over. */
export const positionsAtOnce = 20_000;

/** How long a receiver has for one delivery. */
export const deliveryTimeoutMs = 10_000;

/** How long deliveries are kept once they ended, in days. */
export const keptDays = { delivered: 7, dead: 30 } as const;

/** How long a secret goes on signing beside the one that took its place. */
export const oldSecretHours = 24;
