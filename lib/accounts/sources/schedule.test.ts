import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { accountSources } from "#db/accounts/schema.ts";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { connectSource } from "./connect-source.ts";
import { editSource } from "./edit-source.ts";
import { syncSourceSchedules } from "./schedule.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});
const held = async () =>
  (await queue.boss.getSchedules("source-sync")).map(({ key, cron, timezone, data }) => ({
    key,
    cron,
    timezone,
    data,
  }));

it("looks for members when each source says, until it is gone", async () => {
  const scope = await createScope(db, { role: "admin" });
  const template = { type: "role" as const, roleName: "ParapetScanner" };
  const source = { cloud: "aws" as const, name: "Acme", connection: { type: "ambient" as const }, template };
  const { sourceId } = await connectSource(db, scope, source);
  await syncSourceSchedules(db, queue);
  const daily = { key: sourceId, cron: "17 5 * * *", timezone: "UTC", data: { sourceId } };
  expect(await held()).toEqual([daily]);
  await editSource(db, scope, {
    sourceId,
    revision: 1,
    schedule: "0 * * * *",
    scheduleTimeZone: "Europe/Berlin",
  });
  await syncSourceSchedules(db, queue);
  expect(await held()).toEqual([{ ...daily, cron: "0 * * * *", timezone: "Europe/Berlin" }]);
  await db.delete(accountSources).where(eq(accountSources.id, sourceId));
  await syncSourceSchedules(db, queue);
  expect(await held()).toEqual([]);
});
