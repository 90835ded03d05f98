import { afterAll, expect, it } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createScope, createUser } from "../factories.ts";
import { remediationPlans } from "../remediation/schema.ts";
import { createTestDatabase } from "../test-database.ts";
import { listRelated } from "./related.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const maria = await createUser(db, { role: "admin", name: "Maria" });
const scope = Scope.ofUser(maria);
const other = await createScope(db, { role: "admin" });
const record = (as: Scope, action: string, kind: string, id: string) =>
  db.transaction((tx) => appendAudit(tx, as, { action, object: { kind, id } }));

const about = await record(scope, "account.edit", "account", "acc_1");
await record(scope, "account.edit", "account", "acc_2");
await record(other, "account.edit", "account", "acc_1");
const byWorker = await record(
  Scope.ofSystem(scope.organisationId, "scanner"),
  "account.test",
  "account",
  "acc_1",
);
const idsOf = async (...given: Parameters<typeof listRelated>) =>
  (await listRelated(...given)).entries.map(({ id }) => id);

it("is of one thing, newest first, and never another organisation's", async () => {
  expect(await idsOf(db, scope, { kind: "account", id: "acc_1" })).toEqual([byWorker, about]);
  expect(await idsOf(db, scope, { kind: "account", id: "acc_1" }, 1)).toEqual([byWorker]);
  expect(await idsOf(db, other, { kind: "account", id: "acc_2" })).toEqual([]);
});

it("is what somebody did, where it is asked for by who acted", async () => {
  expect(await idsOf(db, scope, { kind: "actor", id: maria.id })).toHaveLength(2);
  expect(await idsOf(db, scope, { kind: "actor", id: "scanner" })).toEqual([]);
});

it("is of what belongs to the thing too", async () => {
  const [plan] = await db
    .insert(remediationPlans)
    .values({
      ...{
        organisationId: scope.organisationId,
        playbook: "AWS-PUBLIC-S3",
        playbookHash: "",
        title: "Close it",
      },
      ...{ parameters: {}, reason: "It is open.", risk: "medium", reversible: true, approvalsNeeded: 1 },
      ...{ accountIds: ["acc_1"], requestedBy: maria.id, correlationId: "c" },
    })
    .returning();
  const saved = await record(scope, "playbook.save", "playbook", "AWS-PUBLIC-S3");
  const created = await record(scope, "remediation_plan.create", "remediation_plan", plan?.id ?? "");
  await record(scope, "remediation_plan.create", "remediation_plan", "pln_other");
  expect(await idsOf(db, scope, { kind: "playbook", id: "AWS-PUBLIC-S3" })).toEqual([created, saved]);
  expect(await idsOf(db, other, { kind: "playbook", id: "AWS-PUBLIC-S3" })).toEqual([]);
});

it("runs for each kind", async () => {
  for (const kind of ["finding", "remediation_plan", "playbook", "user"] as const) {
    expect(await listRelated(db, scope, { kind, id: "none" })).toEqual({ entries: [], next: null });
  }
});

it("is for who reads the trail", async () => {
  const analyst = await createScope(db, { role: "analyst" });
  await expect(listRelated(db, analyst, { kind: "account", id: "acc_1" })).rejects.toMatchObject({
    code: "forbidden",
  });
});
