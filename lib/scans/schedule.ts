import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { accounts } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { Scope } from "#lib/auth/scope.ts";
import type { JobQueue } from "#lib/jobs/queue.ts";
import { startScan } from "./start-scan.ts";

/** Makes the queue's schedules those of the enabled accounts: adds, changes and removes. */
export async function syncSchedules(db: Database, { boss }: JobQueue): Promise<void> {
  const wanted = await db
    .select({ id: accounts.id, cron: accounts.schedule, tz: accounts.scheduleTimeZone })
    .from(accounts)
    .where(and(isNotNull(accounts.schedule), isNull(accounts.disabledAt)));
  const present = new Map((await boss.getSchedules("scan-due")).map((schedule) => [schedule.key, schedule]));
  for (const { id, cron, tz } of wanted) {
    const known = present.get(id);
    present.delete(id);
    if (!cron || (known?.cron === cron && known.timezone === tz)) continue;
    await boss.schedule("scan-due", cron, { accountId: id }, { tz, key: id });
  }
  for (const key of present.keys()) await boss.unschedule("scan-due", key);
}

/** Starts the scan that an account's schedule asks for, unless its last one is still running. */
export async function startDueScan(db: Database, accountId: string): Promise<void> {
  const [account] = await db
    .select({ organisationId: accounts.organisationId })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNull(accounts.disabledAt)));
  if (!account || (await isStillScanning(db, accountId))) return;
  await startScan(db, Scope.ofSystem(account.organisationId, "schedule"), {
    accountIds: [accountId],
    trigger: "schedule",
  });
}

async function isStillScanning(db: Database, accountId: string): Promise<boolean> {
  const running = await db.execute(sql`
    select from scans where status in ('running', 'cancelling') and trigger = 'schedule'
      and scope -> 'accountIds' ? ${accountId} limit 1
  `);
  return running.length > 0;
}
