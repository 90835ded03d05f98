import { z } from "zod";
import { severities } from "#lib/checks/model.ts";
import { planStates, risks, targetStates } from "#lib/remediation/model.ts";

const Person = z.object({ id: z.string(), name: z.string() });
const Call = z.object({ api: z.string() });

/** What of a plan the command line shows; the server's own schema has all of it. */
export const PlanAnswer = z.object({
  id: z.string(),
  playbook: z.string(),
  title: z.string(),
  reason: z.string(),
  state: z.enum(planStates),
  risk: z.enum(risks),
  reversible: z.boolean(),
  approvalsNeeded: z.number(),
  decisions: z.array(
    z.object({ by: Person, decision: z.enum(["approve", "reject"]), reason: z.string(), at: z.string() }),
  ),
  autoApproval: z.string().nullable(),
  requestedBy: Person,
  requestedAt: z.string(),
  plannedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  hash: z.string().nullable(),
  error: z.string().nullable(),
  resources: z.number(),
  progress: z.partialRecord(z.enum(targetStates), z.number()),
  severity: z.enum(severities).nullable(),
  findings: z.number(),
  accountNames: z.array(z.string()),
  revision: z.number(),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

const ActionAnswer = z.object({
  title: z.string(),
  plan: z.discriminatedUnion("outcome", [
    z.object({
      outcome: z.literal("change"),
      before: z.json(),
      after: z.json(),
      calls: z.array(Call),
      commands: z.array(z.string()),
      wayBack: z.union([z.object({ calls: z.array(Call) }), z.object({ irreversible: z.string() })]),
      wayBackCommands: z.array(z.string()),
      notes: z.array(z.string()),
    }),
    z.object({ outcome: z.literal("nothing"), reason: z.string() }),
    z.object({ outcome: z.literal("refused"), reason: z.string() }),
  ]),
});
export type ActionAnswer = z.infer<typeof ActionAnswer>;

export const PlanDetailAnswer = PlanAnswer.extend({
  document: z
    .object({
      targets: z.array(
        z.object({
          uid: z.string(),
          name: z.string(),
          kind: z.string(),
          region: z.string(),
          actions: z.array(ActionAnswer),
        }),
      ),
    })
    .nullable(),
  targets: z.array(
    z.object({
      uid: z.string(),
      name: z.string(),
      accountName: z.string(),
      state: z.enum(targetStates),
      verdicts: z.record(z.string(), z.string()).nullable(),
      error: z.string().nullable(),
    }),
  ),
  waitsFor: z
    .object({ what: z.enum(["freeze", "window", "start"]), until: z.string().nullable() })
    .nullable(),
  secrets: z.array(
    z.object({ id: z.string(), name: z.string(), expiresAt: z.string(), collectedAt: z.string().nullable() }),
  ),
});
export type PlanDetailAnswer = z.infer<typeof PlanDetailAnswer>;

export const PlaybookAnswer = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  category: z.string(),
  clouds: z.array(z.string()),
  severity: z.enum(severities),
  fixes: z.array(z.string()),
  risk: z.enum(risks),
  approvals: z.number(),
  irreversible: z.array(z.string()),
  leftToPeople: z.array(z.string()),
  parameters: z.record(z.string(), z.looseObject({ type: z.string(), title: z.string(), help: z.string() })),
  actions: z.array(
    z.looseObject({ id: z.string(), title: z.string(), kind: z.string(), operation: z.string() }),
  ),
  source: z.enum(["built_in", "custom"]),
  version: z.number(),
  /** Null where nothing was scanned yet. */
  openFindings: z.number().nullable(),
});
export type PlaybookAnswer = z.infer<typeof PlaybookAnswer>;
