import { makeCheckpoint } from "#lib/audit/seal/checkpoint.ts";
import { type SealMemory, sealPending } from "#lib/audit/seal/seal.ts";
import type { Trail } from "./trail.ts";

export type Sealing = { perSecond: number; clientMicros: number };

/** Seals and signs everything that isn't. */
export async function sealAll({ database: { db } }: Trail): Promise<Sealing> {
  const memory: SealMemory = { state: null };
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  const sealed = await sealPending(db, { memory });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(before);
  if (sealed.foreign.length > 0 || sealed.broken !== null)
    throw new Error(`The trail is not sound: ${sealed.broken}`);
  await makeCheckpoint(db, { memory });
  return { perSecond: sealed.entries / seconds, clientMicros: (user + system) / sealed.entries };
}
