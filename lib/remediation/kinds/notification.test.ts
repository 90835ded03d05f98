import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createUser } from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import { users } from "#db/identity/schema.ts";
import { resources } from "#db/resources/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { notifications } from "#db/triage/schema.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { Crashed, TestJournal } from "../test-journal.ts";
import { createPlanWorld, draftPlan } from "../test-plans.ts";
import { notificationActions } from "./notification.ts";
import { plannedAction, testStep, testTarget } from "./test-step.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});
const handler = notificationActions((act) => act(db));
const message = "Have a device registered.";

/** A plan for one bucket that Ora owns and whose finding is Ben's, in an organisation where Cas sees no account. */
async function createWorld() {
  const world = await createPlanWorld(db, 1);
  const { organisationId } = world;
  const person = (name: string, given: object = {}) =>
    createUser(db, { organisationId, name, role: "auditor", ...given });
  const [ora, ben] = [await person("Ora"), await person("Ben")];
  await person("Cas", { seesAllAccounts: false, role: "ciso" });
  await person("Dis", { disabledAt: new Date(), role: "ciso" });
  const uid = `arn:aws:s3:::${organisationId}`;
  await db
    .update(resources)
    .set({ uid, tags: { owner: ora.email.toUpperCase() } })
    .where(eq(resources.organisationId, organisationId));
  await db.update(findings).set({ assigneeId: ben.id }).where(eq(findings.organisationId, organisationId));
  const planId = await draftPlan(db, world, world.scopes.analyst);
  const context = (journal = new TestJournal()) =>
    testStep({ organisationId, planId, target: { ...testTarget, uid }, journal });
  return { ...world, context, planId, ora, ben };
}
const specOf = (given: object) => ({
  kind: "notification",
  operation: "notify",
  with: { message, ...given },
});
type World = Awaited<ReturnType<typeof createWorld>>;

async function planFor(world: World, given: object) {
  const spec = specOf(given);
  return plannedAction("notification", "notify", spec.with, await handler.plan(spec, world.context()));
}
const namesIn = ({ plan }: Awaited<ReturnType<typeof planFor>>) =>
  plan.outcome === "change" ? plan.commands : plan.outcome;
const told = ({ organisationId }: World) =>
  db
    .select({
      name: users.name,
      kind: notifications.kind,
      planId: notifications.planId,
      excerpt: notifications.excerpt,
    })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.userId))
    .where(sql`${notifications.organisationId} = ${organisationId} and ${notifications.kind} = 'fix_notice'`)
    .orderBy(users.name);

describe("a notification", () => {
  it("finds those it is for, who may see the account", async () => {
    const world = await createWorld();
    expect(namesIn(await planFor(world, { owners: true }))).toEqual(["# tells Ora"]);
    expect(namesIn(await planFor(world, { assignees: true }))).toEqual(["# tells Ben"]);
    expect(namesIn(await planFor(world, { requester: true }))).toEqual(["# tells analyst"]);
    expect(namesIn(await planFor(world, { roles: ["ciso"] }))).toEqual(["# tells ciso"]);
    expect(namesIn(await planFor(world, { owners: true, assignees: true, roles: ["ciso"] }))).toEqual([
      "# tells Ben, Ora, ciso",
    ]);
  });

  it("is nothing when there is nobody", async () => {
    const world = await createWorld();
    await db
      .update(resources)
      .set({ tags: { owner: "web" } })
      .where(eq(resources.organisationId, world.organisationId));
    expect(namesIn(await planFor(world, { owners: true }))).toBe("nothing");
  });

  it("tells each once for a plan, also after a crash and for another of its resources", async () => {
    const world = await createWorld();
    const action = await planFor(world, { owners: true, assignees: true });
    const torn = world.context(new TestJournal({ call: 1, when: "sent" }));
    await expect(handler.apply(action, torn, null)).rejects.toThrow(Crashed);
    expect(await handler.apply(action, torn, null)).toEqual({ after: null, differs: null });
    await handler.apply(action, world.context(), null);
    const notice = { kind: "fix_notice", planId: world.planId, excerpt: message };
    expect(await told(world)).toEqual([
      { name: "Ben", ...notice },
      { name: "Ora", ...notice },
    ]);
  });

  it("tells nobody who was disabled meanwhile", async () => {
    const world = await createWorld();
    const action = await planFor(world, { owners: true });
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, world.ora.id));
    await handler.apply(action, world.context(), null);
    expect(await told(world)).toEqual([]);
  });

  it("says whom it is for and what", () => {
    expect(() => handler.describe(specOf({}))).toThrow("Say whom to tell");
    expect(() => handler.describe(specOf({ owners: true, message: "" }))).toThrow("message");
    expect(() => handler.describe(specOf({ roles: ["root"] }))).toThrow("roles");
    expect(() => handler.describe({ ...specOf({ owners: true }), operation: "shout" })).toThrow(
      "notify alone",
    );
  });
});
