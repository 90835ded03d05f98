import { isNotNull } from "drizzle-orm";
import { accountSources } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import type { JobQueue } from "#lib/jobs/queue.ts";

/** Makes the queue's schedules of looking for members those of the sources: adds, changes and removes. */
export async function syncSourceSchedules(db: Database, { boss }: JobQueue): Promise<void> {
  const wanted = await db
    .select({ id: accountSources.id, cron: accountSources.schedule, tz: accountSources.scheduleTimeZone })
    .from(accountSources)
    .where(isNotNull(accountSources.schedule));
  const present = new Map(
    (await boss.getSchedules("source-sync")).map((schedule) => [schedule.key, schedule]),
  );
  for (const { id, cron, tz } of wanted) {
    const known = present.get(id);
    present.delete(id);
    if (!cron || (known?.cron === cron && known.timezone === tz)) continue;
    await boss.schedule("source-sync", cron, { sourceId: id }, { tz, key: id });
  }
  for (const key of present.keys()) await boss.unschedule("source-sync", key);
}
