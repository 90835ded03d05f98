import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import type { PlanState } from "#lib/remediation/model.ts";
import type { RemoteClient } from "../remote/client.ts";
import { PlanAnswer, PlanDetailAnswer } from "./answers.ts";

const pollMs = 1_000;
const at = (planId: string, act = "") => `/remediation/plans/${encodeURIComponent(planId)}${act}`;
const anything = z.unknown();

export type NewPlan = {
  playbook: string;
  findingIds: string[];
  parameters: Record<string, unknown>;
  reason: string;
  follows?: string;
};

/** The plans of a server, through its API. */
export const plansOf = (client: RemoteClient) => ({
  create: async (plan: NewPlan) =>
    (
      await client.request("POST", "/remediation/plans", {
        body: plan,
        answer: z.object({ planId: z.string() }),
      })
    ).planId,
  get: (planId: string) => client.request("GET", at(planId), { answer: PlanDetailAnswer }),
  list: (query: { list: string; finding?: string; playbook?: string }, limit: number) =>
    client.list("/remediation/plans", query, PlanAnswer, limit),
  submit: (planId: string, body: { revision: number; runWhenApproved: boolean }) =>
    client.request("POST", at(planId, "/submit"), { body, answer: anything }),
  decide: (planId: string, body: { hash: string; decision: "approve" | "reject"; reason: string }) =>
    client.request("POST", at(planId, "/decision"), { body, answer: anything }),
  run: (planId: string) => client.request("POST", at(planId, "/run"), { answer: anything }),
  cancel: (planId: string) => client.request("POST", at(planId, "/cancel"), { answer: anything }),
  rollBack: (planId: string, reason: string) =>
    client.request("POST", at(planId, "/rollback"), { body: { reason }, answer: anything }),
  collect: (secretId: string) =>
    client.request("POST", `/remediation/secrets/${encodeURIComponent(secretId)}/collect`, {
      answer: z.object({ name: z.string(), value: z.string() }),
    }),
});
export type Plans = ReturnType<typeof plansOf>;

const moving: ReadonlySet<PlanState> = new Set(["running", "verifying", "rolling_back"]);

/** Asks again until the plan stands still: planned, decided on, or done; telling each state on the way. */
export async function follow(
  plans: Plans,
  planId: string,
  { until, tell }: { until: (plan: PlanDetailAnswer) => boolean; tell?: (plan: PlanDetailAnswer) => void },
): Promise<PlanDetailAnswer> {
  for (let last = ""; ; ) {
    const plan = await plans.get(planId);
    const now = JSON.stringify([plan.state, plan.progress]);
    if (now !== last) tell?.(plan);
    last = now;
    if (until(plan)) return plan;
    await delay(pollMs);
  }
}

export const isPlanned = (plan: PlanAnswer): boolean =>
  plan.state !== "draft" || plan.plannedAt !== null || plan.error !== null;

export const isStill = ({ state, waitsFor }: PlanDetailAnswer): boolean =>
  !moving.has(state) && !(state === "approved" && waitsFor === null);

/** The plan's whole hash, when it begins with what was given. Throws for another plan than the one that was seen. */
export function checkHash(plan: PlanAnswer, given: string): string {
  if (plan.hash?.startsWith(given.toLowerCase()) && given.length >= 12) return plan.hash;
  throw new DomainError(
    "invalid_input",
    given.length < 12
      ? "Nothing was decided: give 12 digits of the plan's hash at least; remediate status prints it."
      : "Nothing was decided: this is not the hash of the plan. Read it again with remediate status.",
  );
}
