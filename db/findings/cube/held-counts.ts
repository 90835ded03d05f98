import type { OpenDatabase } from "../../client.ts";
import { CountCube, type CubeRow } from "./count-cube.ts";

/** Rows at most; an organisation with more is counted by the database alone. */
const mostRows = 4_000_000;

/** Shorter than folded changes are kept: whoever has not asked for longer may have missed some. */
const longestLagSeconds = 300;

type Change = CubeRow & { snapshot: string; readAt: string; lag: number; organisationId: string | null };

/**
 * One organisation's counts in memory, brought up to date by what was written since: each change of the counts names the
 * transaction that wrote it, and what an earlier snapshot could not see is exactly what has to be added. So they are as
 * exact as a sum over the tables.
 */
export class HeldCounts {
  readonly #sql: OpenDatabase["sql"];
  readonly #organisationId: string;
  #state: { cube: CountCube; base: number; snapshot: string; readAt: string } | null = null;
  #loading: Promise<void> | null = null;
  #pulling: Promise<void> | null = null;
  #following: Promise<void> | null = null;
  usedAt = Date.now();

  constructor(sql: OpenDatabase["sql"], organisationId: string) {
    this.#sql = sql;
    this.#organisationId = organisationId;
  }

  /** The counts as of now, or null while they aren't there yet; asking begins to read them. */
  async current(): Promise<CountCube | null> {
    this.usedAt = Date.now();
    if (!this.#state) {
      // Whoever asks next will see whether it succeeded.
      this.load().catch(() => undefined);
      return null;
    }
    await this.#pullAfterNow();
    return this.#state?.cube ?? null;
  }

  /** Reads all counts, in the background of what else the process does. */
  load(): Promise<void> {
    this.#loading ??= this.#readAll().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** Brings them up to date for the next who asks; what fails is tried again then. */
  refresh(): void {
    if (this.#state) this.#pullAfterNow().catch(() => undefined);
  }

  /** A pull that begins after this call, shared by all who call while another is under way. */
  #pullAfterNow(): Promise<void> {
    if (!this.#pulling) return this.#startPull();
    this.#following ??= this.#pulling
      .catch(() => undefined)
      .then(() => {
        this.#following = null;
        return this.#startPull();
      });
    return this.#following;
  }

  #startPull(): Promise<void> {
    this.#pulling = this.#pull().finally(() => {
      this.#pulling = null;
    });
    return this.#pulling;
  }

  async #readAll(): Promise<void> {
    const cube = new CountCube();
    const organisation = this.#organisationId;
    this.#state = await this.#sql.begin("isolation level repeatable read read only", async (tx) => {
      const [now] = await tx<{ snapshot: string; readAt: string }[]>`
        select pg_current_snapshot()::text as snapshot, now()::text as "readAt"`;
      const rows = tx<CubeRow[]>`
        select account_id as "accountId", check_id as "checkId", service, region, severity::text as severity, state,
          assignee_id as "assigneeId", owner, source, findings
        from finding_counts where organisation_id = ${organisation}
        union all
        select account_id, check_id, service, region, severity::text, state, assignee_id, owner, source, findings
        from finding_count_changes where organisation_id = ${organisation}`;
      for await (const some of rows.cursor(2_000)) {
        for (const row of some) cube.add(row);
        if (cube.length > mostRows) return null;
      }
      return now ? { cube, base: cube.length, ...now } : null;
    });
  }

  async #pull(): Promise<void> {
    const state = this.#state;
    if (!state) return;
    const rows = await this.#sql<Change[]>`
      with now_seen as (
        select pg_current_snapshot() as snapshot, now()::text as now, extract(epoch from now() - ${state.readAt}::timestamptz)::float8 as lag
      ),
      written as (
        select * from finding_count_changes where organisation_id = ${this.#organisationId}
          and writer >= pg_snapshot_xmin(${state.snapshot}::pg_snapshot)
        union all
        select ${this.#sql(changeColumns)} from finding_count_log where organisation_id = ${this.#organisationId}
          and writer >= pg_snapshot_xmin(${state.snapshot}::pg_snapshot)
      )
      select s.snapshot::text as snapshot, s.now as "readAt", s.lag, w.organisation_id as "organisationId", account_id as "accountId",
        check_id as "checkId", service, region, severity::text as severity, state, assignee_id as "assigneeId", owner,
        source, findings
      from now_seen s left join written w on w.writer < pg_snapshot_xmax(s.snapshot)
        and not pg_visible_in_snapshot(w.writer, ${state.snapshot}::pg_snapshot)`;
    const [first] = rows;
    // Read anew meanwhile, as of a moment that may be before whoever waits here asked.
    if (this.#state !== state) return this.#pull();
    if (!first) return;
    if (first.lag > longestLagSeconds) {
      this.#state = null;
      return;
    }
    for (const row of rows) if (row.organisationId !== null) state.cube.add(row);
    state.snapshot = first.snapshot;
    state.readAt = first.readAt;
    // Differences pile up beside what they change: read anew before they outweigh it.
    if (state.cube.length > 2 * state.base + 100_000) this.load().catch(() => undefined);
  }
}

const changeColumns = [
  "organisation_id",
  "account_id",
  "check_id",
  "service",
  "region",
  "severity",
  "state",
  "assignee_id",
  "owner",
  "source",
  "findings",
  "writer",
];
