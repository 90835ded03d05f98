import { z } from "zod";
import type { AuditRecord } from "../../audit/append.ts";
import { DomainError } from "../../errors.ts";
import { cleaned } from "../../findings/triage/cleaned.ts";
import { defineMutation } from "../../mutation.ts";
import { type Decided, decideOne, decision, saysWhy, sayWhy } from "./decide-one.ts";
import { guarded } from "./guarded.ts";
import { holdPlans } from "./hold-plan.ts";
import { Id, PlanHash } from "./inputs.ts";

export const DecidePlansInput = z
  .strictObject({
    plans: z
      .array(z.strictObject({ planId: Id, hash: PlanHash }))
      .min(1)
      .max(100),
    ...decision,
  })
  .refine(saysWhy, sayWhy);

/** The same decision on several plans: on all of them, or on none. */
export const decidePlans = guarded(
  defineMutation({
    permission: "remediation:decide",
    act: { action: "remediation_plan.decide", kind: "remediation_plan" },
    input: DecidePlansInput,
    async run({ tx, scope, input: raw }) {
      const { plans, ...given } = cleaned(raw);
      const hashes = new Map(plans.map(({ planId, hash }) => [planId, hash]));
      const results: { decided: Decided; audit: AuditRecord }[] = [];
      for (const plan of await holdPlans(tx, scope, [...hashes.keys()])) {
        results.push(await decideOne(tx, scope, plan, { ...given, hash: hashes.get(plan.id) ?? "" }));
      }
      const [first, ...others] = results.map(({ audit }) => audit);
      if (!first)
        throw new DomainError("invalid_input", "Nothing was decided: there is no plan to decide on.");
      return { result: results.map(({ decided }) => decided), audit: [first, ...others] };
    },
  }),
);
