import { z } from "zod";
import { getPlan, listPlanEvents, listPlans, readPlanCursor } from "#db/remediation/queries.ts";
import { cancelPlan } from "../../remediation/verbs/cancel-plan.ts";
import { collectSecret } from "../../remediation/verbs/collect-secret.ts";
import { CreatePlanInput, createPlan } from "../../remediation/verbs/create-plan.ts";
import { decidePlan } from "../../remediation/verbs/decide-plan.ts";
import { DecidePlansInput, decidePlans } from "../../remediation/verbs/decide-plans.ts";
import { PlanHash, Reason } from "../../remediation/verbs/inputs.ts";
import { rollBackPlan } from "../../remediation/verbs/roll-back-plan.ts";
import { runPlan } from "../../remediation/verbs/run-plan.ts";
import { submitPlan } from "../../remediation/verbs/submit-plan.ts";
import { defineOperation } from "../operation.ts";
import { After, Id, Limit, Revision } from "../schemas/common.ts";
import { Decided, PlanDetail, PlanEvent, PlanPage } from "../schemas/remediation.ts";
import { refuseCursor } from "./cursor.ts";

const tag = "Remediation";
const read = { method: "GET", tag, permission: "remediation:read" } as const;
const post = { method: "POST", tag } as const;
const params = z.object({ planId: Id });
const plan = "/remediation/plans/{planId}";

export const remediationOperations = [
  defineOperation({
    ...{ ...read, id: "listPlans", path: "/remediation/plans" },
    summary: "Plans of fixes, the newest first",
    query: z.strictObject({
      list: z
        .enum(["waiting", "own", "active", "ended", "all"])
        .default("all")
        .describe(
          "`waiting`: for a decision; `own`: asked for by the token's user; `active`: approved or under way.",
        ),
      playbook: z.string().min(1).max(80).optional(),
      finding: Id.optional().describe("Those alone that are to resolve this finding."),
      limit: Limit,
      after: After,
    }),
    response: PlanPage,
    run: async ({ db, scope, query }) => {
      if (query.after !== undefined && readPlanCursor(query.after) === null) refuseCursor();
      const { finding: findingId, ...page } = query;
      const { plans, next } = await listPlans(db, scope, { ...page, findingId });
      return { data: plans, next };
    },
  }),
  defineOperation({
    ...{ ...read, id: "getPlan", path: plan },
    summary: "One plan: what it would change, who decided, how far it is",
    params,
    response: PlanDetail,
    run: ({ db, scope, params: { planId } }) => getPlan(db, scope, planId),
  }),
  defineOperation({
    ...{ ...read, id: "listPlanEvents", path: `${plan}/events` },
    summary: "What happened while a plan was carried out, in order",
    description: "A thousand at most; go on with `after`, the id of the last one.",
    params,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
    }),
    response: z.object({ data: z.array(PlanEvent) }),
    run: async ({ db, scope, params: { planId }, query: { after } }) => ({
      data: await listPlanEvents(db, scope, planId, { after }),
    }),
  }),
  defineOperation({
    ...{ ...post, id: "createPlan", path: "/remediation/plans", permission: "remediation:propose" },
    summary: "Propose a fix of up to 500 findings",
    description:
      "A worker reads each resource afresh and writes down exactly what would be changed; nothing is. `plannedAt` of the plan says when that is done. Then it is submitted.",
    status: 202,
    body: CreatePlanInput,
    response: z.object({ planId: z.string() }),
    run: ({ db, scope, body }) => createPlan(db, scope, body),
  }),
  defineOperation({
    ...{ ...post, id: "submitPlan", path: `${plan}/submit`, permission: "remediation:propose" },
    summary: "Send one's own plan to whoever may decide on it",
    description: "From here on nobody can change it. One that takes no approval is approved at once.",
    params,
    body: z.strictObject({
      revision: Revision,
      runWhenApproved: z
        .boolean()
        .default(true)
        .describe("Whether it begins by itself with its last approval."),
    }),
    response: z.object({
      planId: z.string(),
      state: z.enum(["awaiting_approval", "approved"]),
      revision: z.int(),
    }),
    run: ({ db, scope, params, body }) => submitPlan(db, scope, { ...params, ...body }),
  }),
  defineOperation({
    ...{ ...post, id: "decidePlan", path: `${plan}/decision`, permission: "remediation:decide" },
    summary: "Approve or reject a plan that somebody else asked for",
    params,
    body: z.strictObject({
      hash: PlanHash.describe("Of the plan that was read: the decision is for this content alone."),
      decision: z.enum(["approve", "reject"]),
      reason: z.string().trim().max(2_000).default("").describe("A rejection must say why."),
    }),
    response: Decided,
    run: ({ db, scope, params, body }) => decidePlan(db, scope, { ...params, ...body }),
  }),
  defineOperation({
    ...{ ...post, id: "decidePlans", path: "/remediation/decisions", permission: "remediation:decide" },
    summary: "Make the same decision on several plans: on all of them, or on none",
    body: DecidePlansInput,
    response: z.object({ data: z.array(Decided) }),
    run: async ({ db, scope, body }) => ({ data: await decidePlans(db, scope, body) }),
  }),
  defineOperation({
    ...{ ...post, id: "cancelPlan", path: `${plan}/cancel`, permission: "remediation:propose" },
    summary: "Take back a plan that has not begun",
    params,
    response: z.object({ planId: z.string(), state: z.literal("cancelled") }),
    run: ({ db, scope, params }) => cancelPlan(db, scope, params),
  }),
  defineOperation({
    ...{ ...post, id: "runPlan", path: `${plan}/run`, permission: "remediation:run", status: 202 },
    summary: "Begin an approved plan",
    description: "Outside its change window it begins as soon as that opens.",
    params,
    response: z.object({
      planId: z.string(),
      state: z.enum(["running", "approved"]),
      waitsFor: z.literal("window").nullable().describe("What it waits for, if it has not begun."),
    }),
    run: ({ db, scope, params }) => runPlan(db, scope, params),
  }),
  defineOperation({
    ...{ ...post, id: "rollBackPlan", path: `${plan}/rollback`, permission: "remediation:run", status: 202 },
    summary: "Put every resource of a plan back as it was before",
    description: "What somebody has changed since is left as it is, and told.",
    params,
    body: z.strictObject({ reason: Reason }),
    response: z.object({ planId: z.string(), state: z.literal("rolling_back") }),
    run: ({ db, scope, params, body }) => rollBackPlan(db, scope, { ...params, ...body }),
  }),
  defineOperation({
    ...{ ...post, id: "collectSecret", path: "/remediation/secrets/{secretId}/collect" },
    summary: "Collect a secret that a fix was handed out, such as a new key: once",
    description: "For whoever asked for the fix alone. From then on Parapet doesn't have it.",
    permission: "remediation:propose",
    params: z.object({ secretId: Id }),
    response: z.object({ name: z.string(), value: z.string() }),
    run: ({ db, scope, params }) => collectSecret(db, scope, params),
  }),
];
