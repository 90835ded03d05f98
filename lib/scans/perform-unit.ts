import type { OpenDatabase } from "#db/client.ts";
import { openAccount } from "#lib/accounts/open-account.ts";
import { catalogue } from "#lib/checks/index.ts";
import type { CloudSession } from "#lib/clouds/session.ts";
import { DomainError } from "#lib/errors.ts";
import { type CheckSet, checksInScope } from "./evaluate.ts";
import { relationsService } from "./plan.ts";
import { performRelations } from "./relations.ts";
import { runUnit } from "./run-unit.ts";
import { type ClaimedUnit, claimUnit } from "./store/claim.ts";
import { AttemptSuperseded, completeUnit, ReadingOutdated } from "./store/complete.ts";
import type { CatalogueIds } from "./store/merge.ts";
import { StagingSink } from "./store/staging.ts";
import { cancelIfStopped, discardStaged, failUnit } from "./store/stop.ts";

export type UnitEnvironment = { database: OpenDatabase; workerId: string };

const allIds = catalogue.map((check) => check.id);

const catalogueIds = ({ checks }: CheckSet): CatalogueIds => ({
  all: allIds,
  judged: checks.filter((check) => !check.context?.length).map((check) => check.id),
});

/**
 * One attempt at one unit, from claim to merge. Throws what another attempt may mend; an abort ends the unit when its scan
 * was cancelled, and otherwise leaves it to whoever the queue gives it to next.
 */
export async function performUnit(env: UnitEnvironment, unitId: string, signal: AbortSignal): Promise<void> {
  const { db } = env.database;
  const unit = await claimUnit(db, unitId, env.workerId);
  if (!unit) return cancelIfStopped(db, unitId);
  try {
    if (unit.service === relationsService) {
      await performRelations(env.database, unit, checksInScope(unit.scope.checks));
    } else {
      await readAndMerge(env, unit, signal);
    }
  } catch (error) {
    await discardStaged(db, unit);
    if (error instanceof AttemptSuperseded) return;
    if (error instanceof ReadingOutdated) return performUnit(env, unitId, signal);
    await cancelIfStopped(db, unitId);
    throw error;
  }
}

async function readAndMerge(env: UnitEnvironment, unit: ClaimedUnit, signal: AbortSignal): Promise<void> {
  let session: CloudSession;
  try {
    session = await openAccount(env.database.db, unit.organisationId, unit.account);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Another attempt would find the same: a key or the connection has to be mended first.
    return failUnit(env.database.db, unit.unitId, error.message);
  }
  try {
    const sink = new StagingSink(env.database.sql, unit);
    const checks = checksInScope(unit.supporting ? null : unit.scope.checks);
    const reading = await runUnit({
      session,
      service: unit.service,
      region: unit.region,
      kinds: unit.kinds,
      checks,
      partial: unit.supporting || unit.scope.checks.length > 0,
      asOf: unit.asOf,
      sink,
      signal,
    });
    await env.database.db.transaction((tx) =>
      completeUnit(tx, unit, sink, reading, catalogueIds(checks), session.counters()),
    );
  } finally {
    session.close();
  }
}
