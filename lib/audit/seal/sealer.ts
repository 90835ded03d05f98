import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import type { Anchor } from "../anchors/anchor.ts";
import { configuredAnchors } from "../anchors/configured.ts";
import { makeCheckpoint } from "./checkpoint.ts";
import { type AnchorFinding, type AnchorMemory, keepAnchors } from "./keep-anchors.ts";
import { type SealMemory, sealPending } from "./seal.ts";
import { tellTrail } from "./tell.ts";
import type { ForeignEntries } from "./write-batch.ts";

export type SealerOptions = {
  /** Told what failed in the background. */
  onError?(error: unknown, what: string): void;
  /** Those of the environment when left out. */
  anchors?: readonly Anchor[];
  /** How often entries are sealed, and who is to do so is settled; every 2 s when left out. */
  everyMs?: number;
  /** How often a checkpoint is signed and anchored; every minute when left out. */
  checkpointMs?: number;
  /** What ending may wait for what is under way, and for anchors; 5 s each when left out. */
  partingMs?: number;
};

export type Sealer = {
  /** Seals, signs and anchors what there is once more, and ends. Takes no more than some seconds. */
  stop(): Promise<void>;
};

/** One number for all processes: who holds it seals, and the others stand by. */
const leaderLock = 7_224_011_803;

/** Months ahead that entries find their partition in. */
const monthsAhead = 2;
const monthsMs = 3_600_000;

/**
 * Seals the trail until stopped. Of any number of processes one does, and another takes over when its connection ends.
 * Throws a StartError where the anchors configured won't do.
 */
export function startSealer(databaseUrl: string, options: SealerOptions = {}): Sealer {
  const { onError = () => undefined, everyMs = 2_000, checkpointMs = 60_000, partingMs = 5_000 } = options;
  const anchors = options.anchors ?? configuredAnchors();
  const stopping = new AbortController();
  const work = new Work(databaseUrl, anchors, onError);
  const run = async () => {
    let [checkpointAt, monthsAt] = [0, 0];
    while (!stopping.signal.aborted) {
      try {
        if (await work.lead()) {
          await work.seal(stopping.signal);
          // By a clock that only goes forward.
          const now = performance.now();
          if (now >= monthsAt) {
            monthsAt = now + monthsMs;
            await work.openMonths();
          }
          if (now >= checkpointAt) {
            checkpointAt = now + checkpointMs;
            await work.sign();
          }
        }
      } catch (error) {
        if (!stopping.signal.aborted) onError(error, "audit trail");
      }
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  const part = async () => {
    stopping.abort();
    await atMost(partingMs, running);
    try {
      if (await work.lead()) {
        await work.seal();
        await atMost(partingMs, work.sign());
      }
    } catch (error) {
      onError(error, "audit trail");
    }
    await work.close();
  };
  let parting: Promise<void> | undefined;
  return {
    stop: () => {
      parting ??= part();
      return parting;
    },
  };
}

const atMost = (milliseconds: number, work: Promise<unknown>) =>
  Promise.race([work, sleep(milliseconds, undefined, { ref: false })]);

/** What the one who leads does. */
class Work {
  readonly #database: OpenDatabase;
  readonly #anchors: readonly Anchor[];
  readonly #onError: (error: unknown, what: string) => void;
  readonly #memory: SealMemory = { state: null };
  readonly #anchored: AnchorMemory = new Map();
  /** One connection, whose end gives up the lead. */
  readonly #lead: OpenDatabase;

  constructor(url: string, anchors: readonly Anchor[], onError: (error: unknown, what: string) => void) {
    const applicationName = "parapet-sealer";
    this.#database = openDatabase(url, { max: 3, applicationName, statementTimeoutMs: 300_000 });
    this.#lead = openDatabase(url, { max: 1, applicationName });
    this.#anchors = anchors;
    this.#onError = onError;
  }

  /** Whether this process leads, or does from now on. Asked anew each time: a connection may have been lost and made again. */
  async lead(): Promise<boolean> {
    const [row] = await this.#lead.sql<{ held: boolean }[]>`
      select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted
        and database = (select oid from pg_database where datname = current_database())
        and ((classid::bigint << 32) | objid::bigint) = ${leaderLock}::bigint)
        or pg_try_advisory_lock(${leaderLock}::bigint) as held`;
    return row?.held === true;
  }

  async close(): Promise<void> {
    await this.#lead.close();
    await this.#database.close();
  }

  async seal(signal?: AbortSignal): Promise<void> {
    const options = { memory: this.#memory, ...(signal ? { signal } : {}) };
    const { foreign } = await sealPending(this.#database.db, options);
    for (const each of foreign) await this.#tell(() => this.#tellForeign(each));
  }

  async openMonths(): Promise<void> {
    for (let ahead = 0; ahead <= monthsAhead; ahead += 1) {
      await this.#tell(() =>
        this.#database.db.execute(
          sql`select audit_open_month((date_trunc('month', now() at time zone 'UTC') + make_interval(months => ${ahead}))::date)`,
        ),
      );
    }
  }

  async sign(): Promise<void> {
    // Anchors are looked at even where nothing can be signed: they are what tells why.
    await this.#tell(() => makeCheckpoint(this.#database.db, { memory: this.#memory }));
    const findings = await keepAnchors(this.#database.db, this.#anchors, { memory: this.#anchored });
    for (const finding of findings) await this.#tell(() => this.#tellFinding(finding));
  }

  /** Runs what must not keep the rest from being done. */
  async #tell(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#onError(error, "audit trail");
    }
  }

  #tellForeign({ batch, positions }: ForeignEntries): Promise<void> {
    const [first, last] = [positions.at(0) ?? null, positions.at(-1) ?? null];
    return tellTrail(this.#database.db, {
      action: "audit.foreign",
      object: { kind: "batch", id: String(batch) },
      result: "failed",
      after: { entries: positions.length, first, last },
    });
  }

  #tellFinding({ anchor, kind, checkpoint, sealed }: AnchorFinding): Promise<void> {
    const { db } = this.#database;
    const anchored = checkpoint?.size ?? null;
    const origin = checkpoint?.origin ?? null;
    if (kind === "forged") {
      const object = { kind: "anchor", id: anchor };
      return tellTrail(db, { action: "audit.anchor-forged", object, result: "failed", after: { sealed } });
    }
    if (kind === "lost") {
      const object = { kind: "anchor", id: `${anchor}@${anchored}` };
      const after = { anchor, anchored, sealed };
      return tellTrail(db, { action: "audit.anchor-lost", object, result: "failed", after });
    }
    const root = checkpoint?.root.toString("hex").slice(0, 16);
    return tellTrail(db, {
      action: "audit.set-back",
      // Whoever shares an anchor is told of the other once, not of each checkpoint.
      object: { kind: "checkpoint", id: kind === "other_trail" ? `${origin}` : `${anchored}-${root}` },
      result: "failed",
      after: { anchor, anchored, trail: origin, sealed, how: kind },
    });
  }
}
