import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss, type Queue } from "pg-boss";
import type { Transaction } from "#db/client.ts";
import type { ArchiveRequest } from "#lib/audit/archive/archive-now.ts";
import { databaseUrl } from "#lib/env.ts";

/** The queues by name, with what a job of each carries. */
export type Jobs = {
  /** Lays out a scan's units. */
  "scan-plan": { scanId: string };
  /** A scan of which every attempt to lay it out died. */
  "scan-plan-dead": { scanId: string };
  /** Reads one unit. */
  "scan-unit": { unitId: string };
  /** A unit whose every attempt died. */
  "scan-unit-dead": { unitId: string };
  /** An account's schedule came round. */
  "scan-due": { accountId: string };
  /** Deletes an account's data in batches. */
  "account-delete": { accountId: string };
  /** Looks for a source's member accounts, when its schedule came round or somebody asked. */
  "source-sync": { sourceId: string };
  /** Changes the findings that a change was asked for and has not reached yet. */
  "triage-change": { changeId: string };
  /** Ends mutes and acceptances whose time has passed. */
  "triage-expire": Record<string, never>;
  /** Gives an organisation's findings the dates that its policy sets. */
  "sla-apply": { organisationId: string };
  /** Reads an uploaded report of another tool. */
  "import-report": { importId: string };
  /** A report of which every attempt to read it died. */
  "import-report-dead": { importId: string };
  /** Sends an e-mail. */
  "mail-send": { mailId: string };
  /** An e-mail that the mail server would not take for a day. */
  "mail-send-dead": { mailId: string };
  /** Reads what a proposed fix would change, and lays it out. */
  "remediation-plan": { planId: string };
  /** A plan of which every attempt to lay it out died. */
  "remediation-plan-dead": { planId: string };
  /** Carries out one action on one resource. */
  "remediation-step": { stepId: string };
  /** A step whose every attempt died. */
  "remediation-step-dead": { stepId: string };
  /** Undoes one action on one resource. */
  "remediation-rollback": { stepId: string };
  /** A way back whose every attempt died. */
  "remediation-rollback-dead": { stepId: string };
  /** Judges a plan's resources by the scan that has read them afresh. */
  "remediation-verify": { planId: string };
  /** What time brings: plans that expire, change windows that open, secrets that nobody collected. */
  "remediation-tick": Record<string, never>;
  /** Archives what of the audit trail is kept no longer, and lets go of it. */
  "audit-retain": Record<string, never>;
  /** Writes an organisation's entries of a time to archive files, because somebody asked. */
  "audit-archive": ArchiveRequest;
  /** Verifies what was sealed since the audit trail was verified last. */
  "audit-verify-tail": Record<string, never>;
  /** Verifies the whole audit trail. */
  "audit-verify": Record<string, never>;
  /** Makes the audit reports whose time has come. */
  "audit-reports": Record<string, never>;
  /** Sends one entry of the audit trail to one webhook. */
  "audit-deliver": { deliveryId: string };
  /** A delivery that the receiver would not take for a day. */
  "audit-deliver-dead": { deliveryId: string };
  /** Forgets deliveries that ended long ago. */
  "audit-deliveries-prune": Record<string, never>;
  /** Looks at every rule of what raises an alert. */
  "audit-alerts": Record<string, never>;
  /** Tells one channel of an alert, or one of its people. */
  "audit-alert-tell": { alertId: string; key: string };
  /** Somebody who could not be told of an alert for a day. */
  "audit-alert-tell-dead": { alertId: string; key: string };
};
export type JobName = keyof Jobs;

/** Heartbeat of a running job; a worker that falls silent for this long has lost it. pg-boss allows no less. */
const heartbeatSeconds = 10;

/** How often queues are looked over for jobs whose worker fell silent, and for schedules. */
const monitorSeconds = 3;

export type JobQueue = { boss: PgBoss; close(): Promise<void> };

export type QueueOptions = {
  /** True in a worker: it supervises the queues and runs the schedules. */
  works: boolean;
  /** Called for what goes wrong in the background, such as a lost connection that is being made anew. */
  onError?(error: Error): void;
};

/** Opens the job queue of a database, creating or migrating its tables when needed; their schema is there. */
export async function openQueue(url: string, options: QueueOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: "parapet-queue",
    max: options.works ? 4 : 2,
    supervise: options.works,
    // The schema is made by the database's owner, who may do more than this user.
    createSchema: false,
    schedule: options.works,
    superviseIntervalSeconds: monitorSeconds,
    monitorIntervalSeconds: monitorSeconds,
    useListenNotify: options.works,
  });
  boss.on("error", (error) => options.onError?.(error));
  await boss.start();
  await createQueues(boss);
  return { boss, close: () => boss.stop({ graceful: true, timeout: 5_000 }) };
}

/** Makes the queues, and gives those of an older version today's settings. */
async function createQueues(boss: PgBoss): Promise<void> {
  const daily = { deleteAfterSeconds: 86_400, notify: true };
  const attempts = { retryLimit: 4, retryDelay: 2, retryBackoff: true, retryDelayMax: 60 };
  const beating = { ...daily, ...attempts, heartbeatSeconds };
  // Of what changes a resource, one job by its key at most, waiting or under way: no step is in two workers' hands.
  const acting = { ...beating, policy: "exclusive", retryLimit: 8, expireInSeconds: 4 * 3600 } as const;
  // From half a minute to two hours between attempts: mail servers are often away for an hour, seldom for a day.
  const patient = {
    ...daily,
    ...{ retryLimit: 20, retryDelay: 30, retryBackoff: true, retryDelayMax: 7_200, expireInSeconds: 120 },
  };
  const queues: [JobName, Omit<Queue, "name">][] = [
    ["scan-unit-dead", { ...daily, ...attempts, retryLimit: 100 }],
    ["scan-unit", { ...beating, expireInSeconds: 4 * 3600, deadLetter: "scan-unit-dead" }],
    ["scan-plan-dead", { ...daily, ...attempts, retryLimit: 100 }],
    ["scan-plan", { ...beating, expireInSeconds: 900, deadLetter: "scan-plan-dead" }],
    ["scan-due", { ...daily, ...attempts }],
    // Nothing else takes up what is left of an account, so this one is tried until it succeeds.
    ["account-delete", { ...beating, expireInSeconds: 4 * 3600, retryLimit: 10_000 }],
    ["source-sync", { ...beating, expireInSeconds: 900 }],
    // What was asked for has been promised to who asked, so it is tried until it succeeds.
    ["triage-change", { ...beating, expireInSeconds: 4 * 3600, retryLimit: 10_000 }],
    ["triage-expire", { ...beating, expireInSeconds: 900, retryLimit: 0 }],
    ["sla-apply", { ...beating, expireInSeconds: 4 * 3600, retryLimit: 10_000 }],
    ["mail-send-dead", { ...daily, ...attempts, retryLimit: 100 }],
    ["mail-send", { ...patient, deadLetter: "mail-send-dead" }],
    ["remediation-plan-dead", { ...daily, ...attempts, retryLimit: 100 }],
    ["remediation-plan", { ...beating, expireInSeconds: 900, deadLetter: "remediation-plan-dead" }],
    ["remediation-step-dead", { ...daily, ...attempts, retryLimit: 10_000 }],
    ["remediation-step", { ...acting, deadLetter: "remediation-step-dead" }],
    ["remediation-rollback-dead", { ...daily, ...attempts, retryLimit: 10_000 }],
    ["remediation-rollback", { ...acting, deadLetter: "remediation-rollback-dead" }],
    ["remediation-verify", { ...beating, expireInSeconds: 900, retryLimit: 10_000 }],
    ["remediation-tick", { ...beating, expireInSeconds: 900, retryLimit: 0 }],
    // One at a time, or both would write the same files.
    [
      "audit-retain",
      { ...beating, policy: "exclusive", expireInSeconds: 4 * 3600, retryLimit: 2, retryDelay: 300 },
    ],
    ["audit-archive", { ...beating, expireInSeconds: 4 * 3600, retryLimit: 2 }],
    ["audit-verify-tail", { ...beating, policy: "exclusive", expireInSeconds: 900, retryLimit: 0 }],
    ["audit-verify", { ...beating, policy: "exclusive", expireInSeconds: 4 * 3600, retryLimit: 2 }],
    ["audit-reports", { ...beating, expireInSeconds: 900, retryLimit: 0 }],
    ["audit-deliver-dead", { ...daily, ...attempts, retryLimit: 10_000 }],
    // Receivers are away as mail servers are. By its key a delivery is in one worker's hands at most.
    ["audit-deliver", { ...patient, policy: "exclusive", deadLetter: "audit-deliver-dead" }],
    ["audit-deliveries-prune", { ...beating, expireInSeconds: 900, retryLimit: 0 }],
    ["audit-alerts", { ...beating, expireInSeconds: 900, retryLimit: 0 }],
    ["audit-alert-tell-dead", { ...daily, ...attempts, retryLimit: 10_000 }],
    // A script has up to an hour.
    [
      "audit-alert-tell",
      {
        ...{ ...patient, policy: "exclusive", expireInSeconds: 4_000, heartbeatSeconds },
        deadLetter: "audit-alert-tell-dead",
      },
    ],
    ["import-report-dead", { ...daily, ...attempts, retryLimit: 100 }],
    ["import-report", { ...beating, expireInSeconds: 4 * 3600, deadLetter: "import-report-dead" }],
  ];
  for (const [name, { policy, ...settings }] of queues) {
    await boss.createQueue(name, policy ? { ...settings, policy } : settings);
    await boss.updateQueue(name, settings);
  }
}

const held = globalThis as { parapetQueue?: Promise<JobQueue> };

/** This process's queue, opened at the first call. */
export function jobQueue(): Promise<JobQueue> {
  held.parapetQueue ??= openQueue(databaseUrl(), { works: false });
  held.parapetQueue.catch(() => {
    held.parapetQueue = undefined;
  });
  return held.parapetQueue;
}

/** Makes `queue` this process's queue: for a worker, which has its own, and for tests. */
export function provideQueue(queue: JobQueue): void {
  held.parapetQueue = Promise.resolve(queue);
}

/**
 * Puts jobs into a queue in the caller's transaction: they exist if it commits. In a queue that is exclusive, one whose
 * `key` is waiting or under way already is left out.
 */
export async function enqueue<N extends JobName>(
  tx: Transaction,
  name: N,
  jobs: readonly { data: Jobs[N]; group?: string; key?: string }[],
): Promise<void> {
  if (jobs.length === 0) return;
  const { boss } = await jobQueue();
  const inserts = jobs.map(({ data, group, key }) => ({
    data,
    ...(group ? { group: { id: group } } : {}),
    ...(key ? { singletonKey: key } : {}),
  }));
  await boss.insert(name, inserts, { db: fromDrizzle(tx, sql) });
}

/** Queues units; those of one account form a group, so that no account takes every place. */
export function enqueueUnits(
  tx: Transaction,
  units: readonly { id: string; accountId: string }[],
): Promise<void> {
  return enqueue(
    tx,
    "scan-unit",
    units.map((unit) => ({ data: { unitId: unit.id }, group: unit.accountId })),
  );
}
