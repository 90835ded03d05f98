import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "../jobs/queue.ts";
import type { PlannedAction } from "../remediation/model.ts";
import { createPlanWorld, draftPlan, finishPlanning } from "../remediation/test-plans.ts";
import { readNotices } from "./read-notices.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

const notice = (message: string, recipient: string): PlannedAction => ({
  ...{ action: `tell-${message}`, title: "Tell", kind: "notification", operation: "notify", with: {} },
  timeoutSeconds: 60,
  plan: {
    ...{ outcome: "change", before: null, after: null, commands: [], notes: [] },
    calls: [
      {
        id: "tell",
        api: "parapet.notification.Tell",
        input: { message, recipients: [{ id: recipient, name: "X" }] },
      },
    ],
    ...{ wayBack: { calls: [] }, wayBackCommands: [] },
  },
});

it("a user is told what a plan tells them, each message once, and nothing of what it tells others", async () => {
  const world = await createPlanWorld(db);
  const { analyst, manager } = world.users;
  const planId = await draftPlan(db, world, world.scopes.analyst);
  await finishPlanning(db, planId, (document) => ({
    ...document,
    targets: document.targets.map((target) => ({
      ...target,
      actions: [...target.actions, notice("Mind the gap.", analyst.id), notice("Mind the door.", manager.id)],
    })),
  }));
  expect(await readNotices(db, planId, analyst.id)).toEqual(["Mind the gap."]);
  expect(await readNotices(db, planId, manager.id)).toEqual(["Mind the door."]);
  expect(await readNotices(db, planId, world.users.ciso.id)).toEqual([]);
  expect(await readNotices(db, null, analyst.id)).toEqual([]);
});
