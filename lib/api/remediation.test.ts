import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import type { Permission } from "../auth/permissions.ts";
import { openQueue, provideQueue } from "../jobs/queue.ts";
import { carryOut, createPlanWorld, finishPlanning } from "../remediation/test-plans.ts";
import { callApi, issueToken } from "./test-api.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function createCallers() {
  const world = await createPlanWorld(db, 2);
  const caller =
    (name: keyof typeof world.users, permissions?: Permission[]) =>
    async (method: string, path: string, body?: unknown, query?: Record<string, string>) => {
      const token = await issueToken(db, world.users[name], permissions ? { permissions } : {});
      const answer = await callApi(db, method, path, { token, body, ...(query ? { query } : {}) });
      const text = await answer.text();
      return { status: answer.status, json: text === "" ? null : JSON.parse(text) };
    };
  return { world, caller };
}

it("leads a fix from its proposal to its way back, by the tokens of two people", async () => {
  const { world, caller } = await createCallers();
  const [analyst, manager] = [caller("analyst"), caller("manager")];
  const offered = await analyst("GET", "/playbooks", undefined, { checkId: "aws.s3.bucket-public-access" });
  expect(offered.json.data.map(({ id }: { id: string }) => id)).toContain("AWS-PUBLIC-S3");
  const proposal = {
    ...{ playbook: "AWS-PUBLIC-S3", findingIds: world.findingIds, reason: "It is open to everyone." },
  };
  const created = await analyst("POST", "/remediation/plans", proposal);
  expect(created).toEqual({ status: 202, json: { planId: expect.any(String) } });
  const { planId } = created.json;
  const plan = `/remediation/plans/${planId}`;
  expect(await analyst("POST", `${plan}/submit`, { revision: 1 })).toMatchObject({
    status: 409,
    json: { code: "conflict" },
  });
  await finishPlanning(db, planId);
  const submission = { revision: 2, runWhenApproved: false };
  expect(await analyst("POST", `${plan}/submit`, submission)).toEqual({
    status: 200,
    json: { planId, state: "awaiting_approval", revision: 3 },
  });
  const waiting = await manager("GET", "/remediation/plans", undefined, { list: "waiting" });
  expect(waiting.json.data.map(({ id, can }: { id: string; can: object }) => ({ id, can }))).toEqual([
    { id: planId, can: { submit: false, decide: true, run: false, cancel: true, rollBack: false } },
  ]);
  const { hash, document } = (await manager("GET", plan)).json;
  expect(document.targets).toHaveLength(2);
  expect(await manager("POST", `${plan}/decision`, { hash, decision: "approve" })).toEqual({
    status: 200,
    json: { planId, state: "approved", approvals: 1, approvalsNeeded: 1 },
  });
  expect(await analyst("POST", `${plan}/run`)).toEqual({
    status: 202,
    json: { planId, state: "running", waitsFor: null },
  });
  expect(
    (await analyst("GET", `${plan}/events`)).json.data.map(({ kind }: { kind: string }) => kind),
  ).toEqual([...["begun", "target_begun", "target_begun"]]);
  await carryOut(db, planId);
  expect(await analyst("POST", `${plan}/rollback`, { reason: "The website is down." })).toEqual({
    status: 202,
    json: { planId, state: "rolling_back" },
  });
  expect((await manager("GET", plan)).json).toMatchObject({
    state: "rolling_back",
    rollback: { by: { name: "analyst" }, reason: "The website is down." },
  });
});

it("gives a token no more than it was made for", async () => {
  const { world, caller } = await createCallers();
  const proposal = {
    ...{ playbook: "AWS-PUBLIC-S3", findingIds: world.findingIds, reason: "It is open to everyone." },
  };
  // A manager may both propose and decide; of this token's permissions only one.
  const proposing = caller("manager", ["remediation:propose"]);
  const { planId } = (await proposing("POST", "/remediation/plans", proposal)).json;
  expect(await proposing("GET", `/remediation/plans/${planId}`)).toMatchObject({ status: 403 });
  await finishPlanning(db, planId);
  await proposing("POST", `/remediation/plans/${planId}/submit`, { revision: 2 });
  const decision = { hash: "0".repeat(64), decision: "approve" };
  expect(await proposing("POST", `/remediation/plans/${planId}/decision`, decision)).toMatchObject({
    status: 403,
  });
  // Nor is it another one's decision because it is another token's.
  const deciding = caller("manager", ["remediation:decide"]);
  expect(await deciding("POST", `/remediation/plans/${planId}/decision`, decision)).toMatchObject({
    status: 403,
    json: { detail: "You asked for this yourself, so somebody else has to decide on it." },
  });
});

it("refuses what is misspelt or out of bounds, by field", async () => {
  const { world, caller } = await createCallers();
  const analyst = caller("analyst");
  expect(await analyst("GET", "/remediation/plans", undefined, { after: "x" })).toMatchObject({
    status: 400,
  });
  expect(await analyst("GET", "/remediation/plans", undefined, { list: "mine" })).toMatchObject({
    status: 400,
  });
  const proposal = { playbook: "AWS-PUBLIC-S3", findingIds: world.findingIds, reason: "no" };
  const refused = await analyst("POST", "/remediation/plans", proposal);
  expect({ status: refused.status, errors: refused.json.errors }).toEqual({
    status: 400,
    errors: [{ field: "reason", message: "Say why, in three characters or more." }],
  });
  const many = { ...proposal, reason: "Enough.", findingIds: Array.from({ length: 501 }, (_, i) => `f${i}`) };
  expect(await analyst("POST", "/remediation/plans", many)).toMatchObject({ status: 400 });
});
