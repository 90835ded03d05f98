import { z } from "zod";
import { getSlaPolicy } from "#db/triage/queries.ts";
import { SetSlaPolicyInput, setSlaPolicy } from "../../findings/set-sla-policy.ts";
import { defineOperation } from "../operation.ts";
import { SlaPolicy } from "../schemas/sla.ts";

const path = "/sla";

export const slaOperations = [
  defineOperation({
    ...{ id: "getSlaPolicy", method: "GET", path, tag: "Settings", permission: "findings:read" },
    summary: "Within how many days findings are due, by severity",
    response: SlaPolicy,
    run: ({ db, scope }) => getSlaPolicy(db, scope),
  }),
  defineOperation({
    ...{ id: "setSlaPolicy", method: "PUT", path, tag: "Settings", permission: "sla:manage" },
    summary: "Set within how many days findings are due",
    description: "A worker gives open findings their new dates, but for those that were set by hand.",
    body: SetSlaPolicyInput,
    response: z.object({ revision: z.int() }),
    run: ({ db, scope, body }) => setSlaPolicy(db, scope, body),
  }),
];
