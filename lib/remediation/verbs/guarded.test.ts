import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { createTestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { defineMutation } from "../../mutation.ts";
import { createPlanWorld, submittedPlan } from "../test-plans.ts";
import { guarded } from "./guarded.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

/** A verb that looks at nothing itself. */
const careless = guarded(
  defineMutation({
    permission: "remediation:read",
    act: { action: "test.do", kind: "test" },
    input: z.object({ statement: z.string() }),
    async run({ tx, input: { statement } }) {
      await tx.execute(sql.raw(statement));
      return { result: null, audit: { action: "test", object: { kind: "test", id: "test" } } };
    },
  }),
);

it("says in words what the database refuses", async () => {
  const world = await createPlanWorld(db, 1);
  const { organisationId, users, scopes } = world;
  const { planId, hash } = await submittedPlan(db, world, scopes.analyst);
  const approval = (userId: string, planHash = hash) =>
    `insert into remediation_approvals (organisation_id, plan_id, plan_hash, requested_by, user_id, decision, reason)
      values ('${organisationId}', '${planId}', '${planHash}', '${users.analyst.id}', '${userId}', 'approve', '')`;
  const cases: [statement: string, code: string, message: string][] = [
    [
      `update remediation_plans set state = 'approved' where id = '${planId}'`,
      "conflict",
      `Nothing was changed. Plan ${planId} doesn't have the approvals that it takes.`,
    ],
    [
      `update remediation_plans set state = 'succeeded' where id = '${planId}'`,
      "conflict",
      `Nothing was changed. Plan ${planId} can't go from awaiting_approval to succeeded.`,
    ],
    [
      `update remediation_plans set hash = '' where id = '${planId}'`,
      "conflict",
      `Nothing was changed. Plan ${planId} was submitted and can't be changed.`,
    ],
    [
      approval(users.analyst.id),
      "forbidden",
      "You asked for this yourself, so somebody else has to decide on it.",
    ],
    [
      approval(users.manager.id, "0".repeat(64)),
      "conflict",
      "Nothing was changed: this is not the plan that waits for a decision.",
    ],
    [
      `${approval(users.manager.id)}; ${approval(users.manager.id)}`,
      "conflict",
      "Nothing was changed: you have decided on this already.",
    ],
  ];
  for (const [statement, code, message] of cases) {
    await expect(careless(db, scopes.analyst, { statement }), statement).rejects.toMatchObject({
      ...{ name: "DomainError", code, message },
    });
  }
});

it("leaves a bug a bug", async () => {
  const { scopes } = await createPlanWorld(db, 0);
  const error = await careless(db, scopes.analyst, { statement: "select nothing" }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toMatchObject({ name: "DomainError" });
});
