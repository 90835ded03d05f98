import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Job } from "pg-boss";
import { openDatabase } from "#db/client.ts";
import { keepFolding } from "#db/findings/fold.ts";
import { accountsChannel } from "#lib/accounts/notify.ts";
import { performDeletion } from "#lib/accounts/perform-deletion.ts";
import { performSync } from "#lib/accounts/sources/perform-sync.ts";
import { syncSourceSchedules } from "#lib/accounts/sources/schedule.ts";
import { performAlerts } from "#lib/audit/alerts/evaluate.ts";
import { giveUpTelling, performTelling } from "#lib/audit/alerts/perform-telling.ts";
import type { Anchor } from "#lib/audit/anchors/anchor.ts";
import { performArchive } from "#lib/audit/archive/archive-now.ts";
import { archiveFolder } from "#lib/audit/archive/folder.ts";
import { performRetention } from "#lib/audit/archive/perform-retention.ts";
import { performReports } from "#lib/audit/reports/perform-reports.ts";
import { keepCounting } from "#lib/audit/roll-up/fold.ts";
import { startSealer } from "#lib/audit/seal/sealer.ts";
import { giveUpDelivery, performDelivery } from "#lib/audit/streams/deliver.ts";
import { keepFanningOut } from "#lib/audit/streams/fan-out.ts";
import { pruneDeliveries } from "#lib/audit/streams/prune.ts";
import { performVerify } from "#lib/audit/verify/perform-verify.ts";
import { expireExceptions } from "#lib/findings/expire-exceptions.ts";
import { applySlaPolicy } from "#lib/findings/triage/apply-sla-policy.ts";
import { performChange } from "#lib/findings/triage/perform-change.ts";
import { failImport } from "#lib/imports/finish-import.ts";
import { performImport } from "#lib/imports/perform-import.ts";
import { failMail, performMail } from "#lib/mail/perform-mail.ts";
import { registerBuiltInActions } from "#lib/remediation/register.ts";
import { giveUpRollback, giveUpStep } from "#lib/remediation/run/give-up.ts";
import { failPlanning, performPlanning } from "#lib/remediation/run/perform-planning.ts";
import { performRollback } from "#lib/remediation/run/perform-rollback.ts";
import { performStep } from "#lib/remediation/run/perform-step.ts";
import { performVerification } from "#lib/remediation/run/perform-verification.ts";
import { performTick } from "#lib/remediation/run/tick.ts";
import { performPlan } from "#lib/scans/perform-plan.ts";
import { performUnit, type UnitEnvironment } from "#lib/scans/perform-unit.ts";
import { startDueScan, syncSchedules } from "#lib/scans/schedule.ts";
import { scanChannel } from "#lib/scans/store/complete.ts";
import { failPlan, failUnit } from "#lib/scans/store/stop.ts";
import { TrialHost } from "#lib/trial/host.ts";
import { type JobName, type Jobs, openQueue, provideQueue } from "./queue.ts";

export type WorkerOptions = {
  databaseUrl: string;
  /** Units read at the same time by this process; 8 when left out. */
  concurrency?: number;
  /** Where a sandbox cloud that an organisation wants beside its own accounts may be run; left out, it is not. */
  trials?: { dataDir: string; scale: number };
  /** Where checkpoints of the audit trail are anchored; left out, this worker doesn't seal it. */
  anchors?: readonly Anchor[];
  /** Told what failed in the background; never gets a secret. */
  onError?(error: unknown, what: string): void;
};

export type Worker = {
  id: string;
  /** Lets go of what is under way, which the queue gives to another worker, and closes every connection. */
  stop(): Promise<void>;
};

/** How often a worker asks for jobs when the database's notification didn't reach it. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 10, heartbeatRefreshSeconds: 4 };

/** Takes jobs until stopped. Any number of workers share the work, on one machine or many. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { databaseUrl, concurrency = 8, onError = () => undefined } = options;
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const database = openDatabase(databaseUrl, {
    max: concurrency + 4,
    applicationName: "parapet-worker",
    statementTimeoutMs: 300_000,
  });
  const queue = await openQueue(databaseUrl, { works: true, onError: (error) => onError(error, "queue") });
  provideQueue(queue);
  const env: UnitEnvironment = { database, workerId: id };
  registerBuiltInActions((act) => act(database.db));
  const running = new RunningJobs();
  const stopping = new AbortController();

  const work = async <N extends JobName>(
    name: N,
    places: number,
    perform: (data: Jobs[N], signal: AbortSignal) => Promise<unknown>,
    /** Places that one group of the queue may take, in all processes together. */
    ofGroup?: number,
  ) => {
    const settings = ofGroup ? { ...polling, groupConcurrency: ofGroup } : polling;
    for (let place = 0; place < places; place += 1) {
      const handle = async ([job]: Job<Jobs[N]>[]) => {
        // Where one job was, another may be waiting: ask again at once rather than at the next poll.
        queue.boss.notifyWorker(workerId);
        if (!job) return;
        try {
          await perform(job.data, AbortSignal.any([job.signal, stopping.signal]));
        } catch (error) {
          if (!stopping.signal.aborted) onError(error, `${name} ${JSON.stringify(job.data)}`);
          throw new JobFailed();
        }
      };
      const workerId: string = await queue.boss.work<Jobs[N]>(name, settings, handle);
    }
  };
  await work("scan-plan", 2, ({ scanId }, signal) => performPlan(env, scanId, signal));
  await work("scan-unit", concurrency, ({ unitId }, signal) =>
    running.track(unitId, signal, (both) => performUnit(env, unitId, both)),
  );
  await work("scan-unit-dead", 1, ({ unitId }) =>
    failUnit(database.db, unitId, "Every attempt to read this failed; the worker's log says why."),
  );
  await work("scan-plan-dead", 1, ({ scanId }) =>
    failPlan(database.db, scanId, "The scan could not be laid out; the worker's log says why."),
  );
  await work("scan-due", 1, ({ accountId }) => startDueScan(database.db, accountId));
  await work("account-delete", 1, ({ accountId }, signal) => performDeletion(database.db, accountId, signal));
  await work("source-sync", 1, ({ sourceId }, signal) => performSync(database.db, sourceId, signal));
  await work("triage-change", 2, ({ changeId }, signal) => performChange(database.db, changeId, signal));
  await work("triage-expire", 1, (_nothing, signal) => expireExceptions(database.db, new Date(), signal));
  await work("sla-apply", 1, ({ organisationId }, signal) =>
    applySlaPolicy(database.db, organisationId, signal),
  );
  await queue.boss.schedule("triage-expire", "* * * * *", {});
  await work("import-report", 1, ({ importId }, signal) => performImport(database.db, importId, signal));
  await work("import-report-dead", 1, ({ importId }) =>
    failImport(database.db, importId, "Every attempt to read the report failed; the worker's log says why."),
  );
  await work("remediation-plan", 2, ({ planId }, signal) => performPlanning(env, planId, signal));
  await work("remediation-plan-dead", 1, ({ planId }) =>
    failPlanning(
      database.db,
      planId,
      "Every attempt to read its resources failed; the worker's log says why.",
    ),
  );
  await work("remediation-step", concurrency, ({ stepId }, signal) => performStep(env, stepId, signal));
  await work("remediation-step-dead", 1, ({ stepId }) => giveUpStep(database.db, stepId, id));
  await work("remediation-rollback", concurrency, ({ stepId }, signal) =>
    performRollback(env, stepId, signal),
  );
  await work("remediation-rollback-dead", 1, ({ stepId }) => giveUpRollback(database.db, stepId, id));
  await work("remediation-verify", 1, ({ planId }) => performVerification(database.db, planId));
  await work("remediation-tick", 1, (_nothing, signal) => performTick(database.db, signal));
  await queue.boss.schedule("remediation-tick", "* * * * *", {});
  await work("mail-send", 2, ({ mailId }) => performMail(database.db, mailId));
  await work("mail-send-dead", 1, ({ mailId }) => failMail(database.db, mailId));
  // A receiver that is slow takes no other one's places.
  await work(
    "audit-deliver",
    12,
    ({ deliveryId }, signal) => performDelivery(database.db, deliveryId, { signal }),
    4,
  );
  await work("audit-retain", 1, (_nothing, signal) => performRetention(database.db, { signal }));
  await queue.boss.schedule("audit-retain", "41 3 * * *", {});
  await work("audit-archive", 1, (request, signal) => performArchive(database.db, request, { signal }));
  if (options.anchors) {
    const verify = (signal: AbortSignal) => ({
      ...{ db: database.db, url: databaseUrl, anchors: options.anchors ?? [], signal },
      archives: archiveFolder(),
    });
    await work("audit-verify-tail", 1, (_nothing, signal) => performVerify(verify(signal), "tail"));
    await queue.boss.schedule("audit-verify-tail", "* * * * *", {});
    await work("audit-verify", 1, (_nothing, signal) => performVerify(verify(signal), "all"));
    await queue.boss.schedule("audit-verify", "23 2 * * *", {});
  }
  await work("audit-reports", 1, (_nothing, signal) => performReports(database.db, new Date(), signal));
  await queue.boss.schedule("audit-reports", "* * * * *", {});
  await work("audit-deliver-dead", 1, ({ deliveryId }) => giveUpDelivery(database.db, deliveryId));
  await work("audit-deliveries-prune", 1, (_nothing, signal) =>
    pruneDeliveries(database.db, new Date(), signal),
  );
  await queue.boss.schedule("audit-deliveries-prune", "17 * * * *", {});
  await work("audit-alerts", 1, (_nothing, signal) => performAlerts(database.db, new Date(), signal));
  await queue.boss.schedule("audit-alerts", "* * * * *", {});
  await work("audit-alert-tell", 4, (told, signal) => performTelling(database.db, told, { signal }));
  await work("audit-alert-tell-dead", 1, (told) => giveUpTelling(database.db, told));
  const stopFanningOut = keepFanningOut(database.db, (error) => onError(error, "audit streams"));
  const stopCounting = keepCounting(database.db, (error) => onError(error, "audit counts"));
  const stopFolding = keepFolding(database.db, (error) => onError(error, "counts"));
  const abortCancelled = () => {
    running.abortCancelled(database.sql).catch((error: unknown) => onError(error, "cancel"));
  };
  const followSchedules = () => {
    Promise.all([syncSchedules(database.db, queue), syncSourceSchedules(database.db, queue)]).catch(
      (error: unknown) => onError(error, "schedules"),
    );
  };
  const sealer = options.anchors ? startSealer(databaseUrl, { anchors: options.anchors, onError }) : null;
  const host = options.trials ? new TrialHost({ database, onError, ...options.trials }) : null;
  const followAccounts = () => {
    followSchedules();
    host?.follow();
  };
  // Each also runs whenever listening begins anew, for what was said while nobody listened.
  const listeners = [
    await database.sql.listen(scanChannel, abortCancelled, abortCancelled),
    await database.sql.listen(accountsChannel, followAccounts, followAccounts),
  ];
  return {
    id,
    stop: async () => {
      stopping.abort(new Error("The worker is stopping."));
      for (const listener of listeners) await listener.unlisten();
      await host?.stop();
      await stopFanningOut();
      await stopFolding();
      await stopCounting();
      await queue.close();
      // Last, so that what jobs did until now is sealed too.
      await sealer?.stop();
      await database.close();
    },
  };
}

/**
 * What the queue is told of a failure, since it stores that with everything that hangs on it: a request with its token, a
 * statement with its values.
 */
class JobFailed extends Error {
  override readonly name = "JobFailed";
  constructor() {
    super("The worker's log says why.");
  }
}

/** The units under way in this process, so that calls for what was cancelled stop within a second. */
class RunningJobs {
  readonly #units = new Map<string, AbortController>();

  async track(unitId: string, signal: AbortSignal, perform: (signal: AbortSignal) => Promise<void>) {
    const cancel = new AbortController();
    this.#units.set(unitId, cancel);
    try {
      await perform(AbortSignal.any([signal, cancel.signal]));
    } catch (error) {
      // A cancelled unit has ended as cancelled; there is nothing for the queue to try again.
      if (!cancel.signal.aborted) throw error;
    } finally {
      this.#units.delete(unitId);
    }
  }

  async abortCancelled(sql: ReturnType<typeof openDatabase>["sql"]): Promise<void> {
    if (this.#units.size === 0) return;
    const cancelled = await sql<{ id: string }[]>`
      select u.id from scan_units u join scans s on s.id = u.scan_id
      where u.id = any(${[...this.#units.keys()]}) and (s.status = 'cancelling' or u.status = 'cancelled')`;
    for (const { id } of cancelled) this.#units.get(id)?.abort(new Error("The unit was cancelled."));
  }
}
