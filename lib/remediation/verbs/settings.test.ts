import { afterAll, describe, expect, it } from "vitest";
import { createAccount } from "#db/factories.ts";
import { getPlan, getRemediationSettings } from "#db/remediation/queries.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTrail } from "../../accounts/test-accounts.ts";
import { Scope } from "../../auth/scope.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { addPlaybook, createPlanWorld, submittedPlan } from "../test-plans.ts";
import { allowAutoApproval, withdrawAutoApproval } from "./auto-approvals.ts";
import { deleteChangeWindow, saveChangeWindow } from "./change-windows.ts";
import { decidePlan } from "./decide-plan.ts";
import { runPlan } from "./run-plan.ts";
import { setFreeze } from "./set-freeze.ts";
import { setRemediationLimits } from "./set-limits.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

const defaults = { maxResources: 25, parallel: 5, stopAtFailedPercent: 20, expiryHours: 24 };
const limits = { maxResources: 10, parallel: 2, stopAtFailedPercent: 50, expiryHours: 4 };
const reason = "The year ends.";
const lastOf = async (organisationId: string) => (await readTrail(db, organisationId)).at(-1);

describe("limits", () => {
  it("hold by default, and are set once of two who saw the same ones", async () => {
    const { scopes, organisationId } = await createPlanWorld(db, 0);
    const none = { freeze: null, windows: [], autoApprovals: [] };
    expect(await getRemediationSettings(db, scopes.auditor)).toEqual({ ...defaults, revision: 0, ...none });
    const both = await Promise.allSettled(
      [1, 2].map(() => setRemediationLimits(db, scopes.admin, { ...limits, revision: 0 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    expect(await getRemediationSettings(db, scopes.ciso)).toEqual({ ...limits, revision: 1, ...none });
    expect(await lastOf(organisationId)).toEqual({
      ...{ action: "remediation_settings.set_limits", objectId: organisationId },
      ...{ before: { limits: defaults }, after: { limits } },
    });
  });

  it("are an administrator's who sees every account, and make sense", async () => {
    const { scopes, users } = await createPlanWorld(db, 0);
    const set = (given: Partial<typeof limits>, scope = scopes.admin) =>
      setRemediationLimits(db, scope, { ...limits, ...given, revision: 0 });
    for (const role of ["analyst", "manager", "ciso", "auditor"] as const) {
      await expect(set({}, scopes[role])).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(set({}, Scope.ofUser({ ...users.admin, accountIds: [] }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const senseless = [
      { maxResources: 0 },
      { maxResources: 501 },
      { parallel: 0 },
      { stopAtFailedPercent: 101 },
      { expiryHours: 0.5 },
      { expiryHours: 721 },
    ];
    for (const given of senseless) {
      await expect(set(given)).rejects.toMatchObject({ code: "invalid_input" });
    }
  });

  it("say how long a plan may wait", async () => {
    const world = await createPlanWorld(db, 1);
    await setRemediationLimits(db, world.scopes.admin, { ...limits, revision: 0 });
    const { planId } = await submittedPlan(db, world, world.scopes.analyst);
    const { submittedAt, expiresAt } = await getPlan(db, world.scopes.analyst, planId);
    expect(Date.parse(expiresAt ?? "") - Date.parse(submittedAt ?? "")).toBe(4 * 3_600_000);
  });
});

describe("the freeze", () => {
  it("is set and lifted with a reason, and shown", async () => {
    const { scopes, users, organisationId } = await createPlanWorld(db, 0);
    expect(await setFreeze(db, scopes.manager, { frozen: true, reason })).toEqual({ frozen: true });
    expect((await getRemediationSettings(db, scopes.analyst)).freeze).toEqual({
      ...{ by: { id: users.manager.id, name: "manager" }, at: expect.any(String), reason },
    });
    expect(await lastOf(organisationId)).toEqual({
      ...{ action: "remediation.freeze", objectId: organisationId },
      ...{ before: { frozen: false }, after: { frozen: true, reason } },
    });
    await expect(setFreeze(db, scopes.ciso, { frozen: true, reason })).rejects.toMatchObject({
      ...{ code: "conflict", message: "Nothing was changed: all changes are frozen already." },
    });
    await setRemediationLimits(db, scopes.admin, { ...limits, revision: 0 });
    expect((await getRemediationSettings(db, scopes.analyst)).freeze).not.toBeNull();
    expect(await setFreeze(db, scopes.admin, { frozen: false, reason })).toEqual({ frozen: false });
    expect(await getRemediationSettings(db, scopes.analyst)).toMatchObject({ ...limits, freeze: null });
    for (const role of ["analyst", "auditor"] as const) {
      await expect(setFreeze(db, scopes[role], { frozen: true, reason })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    const limited = Scope.ofUser({ ...users.manager, accountIds: [] });
    await expect(setFreeze(db, limited, { frozen: true, reason })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

describe("change windows", () => {
  const night = { days: [7, 6, 6], start: "22:00", end: "04:00", timeZone: "Europe/Vienna" };
  /** An hour of a day that is two days off wherever one is. */
  const farOff = () => {
    const day = new Date(Date.now() + 3 * 86_400_000).getUTCDay();
    return { days: [day === 0 ? 7 : day], start: "10:00", end: "11:00", timeZone: "UTC" };
  };

  it("are saved for one account or for all, changed, and taken away", async () => {
    const { scopes, accountId, organisationId } = await createPlanWorld(db, 0);
    const { windowId } = await saveChangeWindow(db, scopes.admin, { ...night, accountId });
    const { windowId: common } = await saveChangeWindow(db, scopes.admin, { ...night, accountId: null });
    const account = { id: accountId, name: "production" };
    const saved = { ...night, days: [6, 7] };
    expect((await getRemediationSettings(db, scopes.auditor)).windows).toEqual([
      { id: common, account: null, ...saved },
      { id: windowId, account, ...saved },
    ]);
    const changed = { ...saved, timeZone: "America/St_Johns", end: "22:00" };
    await saveChangeWindow(db, scopes.admin, { ...changed, accountId, windowId });
    expect(await lastOf(organisationId)).toEqual({
      ...{ action: "change_window.save", objectId: windowId },
      ...{ before: { accountId, ...saved }, after: { accountId, ...changed } },
    });
    await deleteChangeWindow(db, scopes.admin, { windowId: common });
    expect((await getRemediationSettings(db, scopes.auditor)).windows).toEqual([
      { id: windowId, account, ...changed },
    ]);
  });

  it("are refused where they make no sense, are another's, or are for accounts that can't be seen", async () => {
    const { scopes, accountId, users, organisationId } = await createPlanWorld(db, 0);
    const save = (given: object, scope = scopes.admin) =>
      saveChangeWindow(db, scope, { ...night, accountId, ...given });
    const senseless = [
      ...[{ days: [] }, { days: [0] }, { days: [8] }, { start: "24:00" }, { end: "4:00" }],
      ...[{ timeZone: "Europe/Atlantis" }, { timeZone: "" }],
    ];
    for (const given of senseless) {
      await expect(save(given)).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(save({}, scopes.manager)).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await createPlanWorld(db, 0);
    await expect(save({ accountId: stranger.accountId })).rejects.toMatchObject({ code: "not_found" });
    const { id: other } = await createAccount(db, { organisationId });
    const limited = Scope.ofUser({ ...users.admin, accountIds: [other] });
    const { windowId } = await save({});
    await expect(save({}, limited)).rejects.toMatchObject({ code: "not_found" });
    await expect(save({ accountId: null }, limited)).rejects.toMatchObject({ code: "forbidden" });
    await expect(save({ windowId, accountId: other }, limited)).rejects.toMatchObject({ code: "not_found" });
    for (const scope of [limited, stranger.scopes.admin]) {
      await expect(deleteChangeWindow(db, scope, { windowId })).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await save({ accountId: other }, limited)).toEqual({ windowId: expect.any(String) });
  });

  it("have an approved plan wait until they open", async () => {
    const world = await createPlanWorld(db, 1);
    const { scopes, accountId } = world;
    const { windowId } = await saveChangeWindow(db, scopes.admin, { ...farOff(), accountId });
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst);
    await decidePlan(db, scopes.manager, { planId, hash, decision: "approve" });
    const plan = await getPlan(db, scopes.analyst, planId);
    expect(plan).toMatchObject({ state: "approved", waitsFor: { what: "window" } });
    const opens = new Date(plan.waitsFor?.until ?? "");
    expect([opens.getUTCHours(), opens.getUTCMinutes()]).toEqual([10, 0]);
    expect(await runPlan(db, scopes.analyst, { planId })).toEqual({
      ...{ planId, state: "approved", waitsFor: "window" },
    });
    // Those of all accounts don't count for one with a window of its own.
    const always = { days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "00:00", timeZone: "UTC" };
    await saveChangeWindow(db, scopes.admin, { ...always, accountId: null });
    expect(await runPlan(db, scopes.analyst, { planId })).toMatchObject({ state: "approved" });
    await deleteChangeWindow(db, scopes.admin, { windowId });
    expect(await runPlan(db, scopes.analyst, { planId })).toEqual({
      ...{ planId, state: "running", waitsFor: null },
    });
  });
});

it("shows the rules of automatic approval to who sees their account", async () => {
  const { scopes, users, accountId, organisationId } = await createPlanWorld(db, 0);
  const { id: playbook } = await addPlaybook(db, { organisationId, createdBy: users.admin.id });
  const rule = { playbook, accountId, severity: "low" as const };
  const { ruleId } = await allowAutoApproval(db, scopes.admin, rule);
  expect((await getRemediationSettings(db, scopes.ciso)).autoApprovals).toEqual([
    {
      ...{ id: ruleId, playbook, account: { id: accountId, name: "production" }, severity: "low" },
      ...{ createdBy: { id: users.admin.id, name: "admin" }, createdAt: expect.any(String) },
    },
  ]);
  const limited = Scope.ofUser({ ...users.admin, accountIds: [] });
  expect((await getRemediationSettings(db, limited)).autoApprovals).toEqual([]);
  await expect(withdrawAutoApproval(db, limited, { ruleId })).rejects.toMatchObject({ code: "not_found" });
  await withdrawAutoApproval(db, scopes.admin, { ruleId });
  await expect(withdrawAutoApproval(db, scopes.admin, { ruleId })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await lastOf(organisationId)).toEqual({
    ...{ action: "auto_approval.withdraw", objectId: ruleId, before: rule, after: null },
  });
});
