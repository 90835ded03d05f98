import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { toJson, withoutNul } from "#db/insert-rows.ts";
import type { Journal } from "../action-handler.ts";
import type { CallRecord, Json } from "../model.ts";
import { remediationChannel } from "../notify.ts";
import { keepStepSecret } from "../step-secrets.ts";
import { type ClaimedStep, planOf, StepSuperseded } from "./claim-step.ts";
import { addEvents, appendOwn } from "./record.ts";

/**
 * What a step's calls came to, kept in its row: each write is committed before the promise resolves, and is refused once
 * another attempt has the step, so that a worker thought dead makes no further call.
 *
 * @param way Whether the calls carry the step out or undo it.
 */
export class StepJournal implements Journal {
  readonly #db: Database;
  readonly #step: ClaimedStep;
  readonly #way: "forward" | "back";
  /** Every record of this way, those of earlier rounds included. */
  readonly #records: CallRecord[];
  /** Which going-back and attempt the records that follow belong to. */
  readonly #round: string | undefined;

  constructor(db: Database, step: ClaimedStep, way: "forward" | "back") {
    this.#db = db;
    this.#step = step;
    this.#way = way;
    this.#records = [...(way === "forward" ? step.calls : step.rollbackCalls)];
    this.#round = way === "forward" ? undefined : `${step.round}/${step.attempt}`;
  }

  /** The records of what is under way: on the way back, those of this going-back alone. */
  get records(): readonly CallRecord[] {
    const prefix = `${this.#step.round}/`;
    return this.#way === "forward"
      ? this.#records
      : this.#records.filter(({ round }) => round?.startsWith(prefix));
  }

  get made(): ReadonlyMap<string, Json> {
    return new Map(
      this.records.flatMap((record) =>
        record.endedAt !== undefined && record.error === undefined
          ? [[this.#nameOf(record), record.output ?? null] as const]
          : [],
      ),
    );
  }

  get begun(): ReadonlySet<string> {
    return new Set(
      this.records.filter(({ endedAt }) => endedAt === undefined).map((record) => this.#nameOf(record)),
    );
  }

  /** Whether a call may have done something: each that was not refused. */
  get mayHaveChanged(): boolean {
    return this.records.some(({ error }) => error === undefined);
  }

  async begin(id: string, api: string): Promise<void> {
    const record: CallRecord = { id, api, startedAt: new Date().toISOString() };
    if (this.#round !== undefined) record.round = this.#round;
    const known = this.#find(id);
    if (known >= 0) this.#records[known] = record;
    else this.#records.push(record);
    await this.#write();
  }

  async end(id: string, output: Json): Promise<void> {
    const record = this.#change(id, { output });
    await this.#write({ kind: "call", detail: { call: id, api: record.api }, ms: spanOf(record) });
  }

  async fail(id: string, message: string): Promise<void> {
    const error = withoutNul(message);
    const record = this.#change(id, { error });
    await this.#write({
      kind: "call_refused",
      detail: { call: id, api: record.api, error },
      ms: spanOf(record),
    });
  }

  async keepSecret(name: string, value: string): Promise<void> {
    const { id: stepId, planId, targetId, organisationId, attempt } = this.#step;
    await this.#db.transaction(async (tx) => {
      // A worker thought dead would have its secret take the place of the one that counts.
      const held = await tx.execute(sql`
        select from remediation_steps where id = ${stepId} and attempts = ${attempt}
          and state = ${this.#way === "forward" ? "running" : "rolling_back"} for no key update
      `);
      if (held.length === 0) throw new StepSuperseded(`Another attempt holds step ${stepId}.`);
      await keepStepSecret(tx, { organisationId, planId, stepId, name }, value);
      const plan = planOf(this.#step);
      await addEvents(tx, plan, [{ targetId, stepId, kind: "secret_kept", detail: { name } }]);
      await appendOwn(tx, plan, {
        action: "remediation_secret.keep",
        object: { kind: "remediation_plan", id: planId },
        after: { stepId, name },
      });
    });
  }

  /** Calls of an earlier attempt at going back never stand for those of this one, which are chosen by what is there now. */
  #nameOf({ id, round }: CallRecord): string {
    return round === undefined || round === this.#round ? id : `${round}/${id}`;
  }

  #find(id: string): number {
    return this.#records.findIndex((record) => record.id === id && record.round === this.#round);
  }

  #change(id: string, change: Partial<CallRecord>): CallRecord {
    const at = this.#find(id);
    const known = this.#records[at];
    if (!known) throw new Error(`Call ${id} was never begun.`);
    const record = { ...known, endedAt: new Date().toISOString(), ...change };
    this.#records[at] = record;
    return record;
  }

  /** One statement, so that a call costs one round trip before it and one after. */
  async #write(event?: { kind: string; detail: Record<string, Json>; ms: number }): Promise<void> {
    const { id, attempt, planId, targetId, organisationId } = this.#step;
    const forward = this.#way === "forward";
    const column = forward ? sql`calls` : sql`rollback_calls`;
    const told: SQL = event
      ? sql`, told as (
          insert into remediation_events (plan_id, target_id, step_id, kind, detail, ms)
          select ${planId}, ${targetId}, ${id}, ${event.kind}, ${toJson(event.detail)}::jsonb, ${event.ms}::int from written)`
      : sql``;
    const written = await this.#db.execute(sql`
      with written as (
        update remediation_steps set ${column} = ${toJson(this.#records)}::jsonb
        where id = ${id} and attempts = ${attempt} and state = ${forward ? "running" : "rolling_back"} returning id
      )${told}
      select pg_notify(${remediationChannel}, ${JSON.stringify({ organisationId, id: planId })}) from written
    `);
    if (written.length === 0) throw new StepSuperseded(`Another attempt holds step ${id}.`);
  }
}

const spanOf = ({ startedAt, endedAt }: CallRecord): number =>
  Math.max(0, Date.parse(endedAt ?? startedAt) - Date.parse(startedAt));
