import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { ReservedSql } from "postgres";
import type { OpenDatabase } from "#db/client.ts";
import type { Anchor } from "../anchors/anchor.ts";
import { configuredAnchors } from "../anchors/configured.ts";
import { makeCheckpoint } from "./checkpoint.ts";
import { type AnchorFinding, type AnchorMemory, keepAnchors } from "./keep-anchors.ts";
import { type ForeignEntries, type SealMemory, sealPending } from "./seal.ts";
import { tellTrail } from "./tell.ts";

export type SealerOptions = {
  /** Told what failed in the background. */
  onError?(error: unknown, what: string): void;
  /** Those of the environment when left out. */
  anchors?: readonly Anchor[];
  /** How often entries are sealed, and who is to do so is settled; every 2 s when left out. */
  everyMs?: number;
  /** How often a checkpoint is signed and anchored; every minute when left out. */
  checkpointMs?: number;
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

/** What anchoring may take at the end. */
const partingMs = 5_000;

/**
 * Seals the trail until stopped. Of any number of processes one does, and another takes over when its connection ends.
 * Throws a StartError where the anchors configured won't do.
 */
export function startSealer(database: OpenDatabase, options: SealerOptions = {}): Sealer {
  const { onError = () => undefined, everyMs = 2_000, checkpointMs = 60_000 } = options;
  const anchors = options.anchors ?? configuredAnchors();
  const stopping = new AbortController();
  const work = new Work(database, anchors, onError);
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
        await work.follow();
        if (!stopping.signal.aborted) onError(error, "audit trail");
      }
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([running, sleep(partingMs, undefined, { ref: false })]);
      try {
        if (await work.lead()) {
          await work.seal();
          await Promise.race([work.sign(), sleep(partingMs, undefined, { ref: false })]);
        }
      } catch (error) {
        onError(error, "audit trail");
      }
      await work.follow();
    },
  };
}

/** What the one who leads does. */
class Work {
  readonly #database: OpenDatabase;
  readonly #anchors: readonly Anchor[];
  readonly #onError: (error: unknown, what: string) => void;
  readonly #memory: SealMemory = { state: null };
  readonly #anchored: AnchorMemory = new Map();
  #connection: ReservedSql | null = null;

  constructor(
    database: OpenDatabase,
    anchors: readonly Anchor[],
    onError: (error: unknown, what: string) => void,
  ) {
    this.#database = database;
    this.#anchors = anchors;
    this.#onError = onError;
  }

  /** Whether this process leads, or does from now on. */
  async lead(): Promise<boolean> {
    const connection = this.#connection ?? (await this.#database.sql.reserve());
    try {
      // Asked again of a connection that was lost and made anew, which holds nothing any longer; held twice it is held once.
      const [row] = await connection<{ held: boolean }[]>`
        select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted
          and database = (select oid from pg_database where datname = current_database())
          and ((classid::bigint << 32) | objid::bigint) = ${leaderLock}::bigint)
          or pg_try_advisory_lock(${leaderLock}::bigint) as held`;
      this.#connection = row?.held ? connection : null;
    } catch (error) {
      this.#connection = null;
      connection.release();
      throw error;
    }
    if (!this.#connection) connection.release();
    return this.#connection !== null;
  }

  /** Lets another process lead. */
  async follow(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    if (!connection) return;
    try {
      await connection`select pg_advisory_unlock(${leaderLock}::bigint)`;
    } catch (error) {
      // A connection that is gone holds nothing.
      this.#onError(error, "audit trail");
    } finally {
      connection.release();
    }
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
