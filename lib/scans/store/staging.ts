import type { Sql } from "postgres";
import { insertRows } from "#db/insert-rows.ts";
import type { Gap, Kind } from "#lib/inventory/model.ts";
import type { Known, Observation, UnitSink } from "../sink.ts";

/** Gaps kept per unit with their resource; beyond this only their number is. */
const maxGaps = 1_000;

/** One attempt at a unit. Its token keeps it apart from an attempt whose worker was thought dead. */
export type Attempt = {
  token: string;
  unitId: string;
  scanId: string;
  organisationId: string;
  /** The connected account's own id (`acc_…`). */
  accountId: string;
  service: string;
  /** The unit's region. */
  region: string;
};

const columns = [
  "token",
  "uid",
  "kind",
  "region",
  "name",
  "tags",
  "config",
  "unread",
  "hash",
  "verdicts",
  "failures",
  "evaluated_with",
];

/** Collects one attempt's results in the staging table; nothing else sees them before the merge. */
export class StagingSink implements UnitSink {
  readonly gaps: Gap[] = [];
  /** Rows written, which the merge compares with what it finds. */
  rows = 0;
  /** Gaps beyond those kept. */
  surplusGaps = 0;
  readonly #sql: Sql;
  readonly #attempt: Attempt;

  constructor(sql: Sql, attempt: Attempt) {
    this.#sql = sql;
    this.#attempt = attempt;
  }

  async known(_kind: Kind, uids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
    const rows = await this.#sql<(Known & { uid: string })[]>`
      select uid, hash, evaluated_with as "evaluatedWith", verdicts from resources
      where account_id = ${this.#attempt.accountId} and uid = any(${[...uids]}) and deleted_at is null
        and service = ${this.#attempt.service} and unit_region = ${this.#attempt.region}`;
    return new Map(rows.map((row) => [row.uid, row]));
  }

  async write(observations: readonly Observation[]): Promise<void> {
    await insertRows(
      this.#sql,
      "scan_staging",
      columns,
      observations.map((each) => this.#row(each)),
    );
    this.rows += observations.length;
  }

  gap(gap: Gap): void {
    if (this.gaps.length < maxGaps) this.gaps.push(gap);
    else this.surplusGaps += 1;
  }

  #row({ resource, hash, news, evaluation, evaluatedWith }: Observation) {
    const identity = [this.#attempt.token, resource.uid, resource.kind];
    const failures = evaluation?.failures.length ? evaluation.failures : null;
    if (news === "changed") {
      const { region, name, tags, config, unread } = resource;
      return [
        ...identity,
        region,
        name,
        tags,
        config,
        unread,
        hash,
        evaluation?.verdicts ?? {},
        failures,
        evaluatedWith,
      ];
    }
    const verdicts = news === "verdicts" ? (evaluation?.verdicts ?? null) : null;
    return [...identity, null, null, null, null, null, null, verdicts, failures, null];
  }
}
