import { z } from "zod";
import { severities } from "../../checks/model.ts";
import { clouds } from "../../inventory/model.ts";
import { planStates, risks, stepStates, targetStates } from "../../remediation/model.ts";
import { Id, Moment, Person, pageOf } from "./common.ts";

const anything = z.record(z.string(), z.unknown());
const count = z.int();
const Call = z.object({
  id: z.string(),
  api: z.string().describe("Such as `aws.ec2.RevokeSecurityGroupIngress`."),
  region: z.string().optional(),
  input: anything,
});

const WayBack = z.union([z.object({ calls: z.array(Call) }), z.object({ irreversible: z.string() })]);

const ActionPlan = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("change"),
    before: z.unknown(),
    after: z.unknown(),
    calls: z.array(Call),
    commands: z.array(z.string()).describe("The equivalent commands, one per call."),
    wayBack: WayBack,
    wayBackCommands: z.array(z.string()),
    notes: z.array(z.string()),
  }),
  z.object({ outcome: z.literal("nothing"), before: z.unknown(), reason: z.string() }),
  z.object({ outcome: z.literal("refused"), reason: z.string() }),
]);

/** What is hashed, approved and carried out. */
export const PlanDocument = z
  .object({
    format: z.literal(1),
    playbook: z.object({ id: z.string(), hash: z.string(), title: z.string() }),
    parameters: anything,
    targets: z.array(
      z.object({
        ...{ uid: z.string(), kind: z.string(), cloud: z.enum(clouds), account: z.string() },
        ...{ region: z.string(), name: z.string(), resourceId: z.string(), accountId: z.string() },
        findings: z.array(z.object({ id: z.string(), checkId: z.string() })),
        actions: z.array(
          z.object({
            ...{ action: z.string(), title: z.string(), kind: z.string(), operation: z.string() },
            ...{ with: anything, timeoutSeconds: z.number(), plan: ActionPlan },
          }),
        ),
      }),
    ),
  })
  .meta({ id: "PlanDocument" });

const Decision = z.object({
  by: Person,
  decision: z.enum(["approve", "reject"]),
  reason: z.string(),
  at: Moment,
});

export const PlanSummary = z
  .object({
    id: z.string(),
    playbook: z.string(),
    title: z.string(),
    reason: z.string(),
    state: z.enum(planStates).describe("A `draft` without `plannedAt` is being planned."),
    risk: z.enum(risks),
    reversible: z.boolean(),
    approvalsNeeded: count,
    decisions: z.array(Decision),
    autoApproval: z.string().nullable().describe("The rule that approved it in place of people."),
    requestedBy: Person,
    requestedAt: Moment,
    plannedAt: Moment.nullable(),
    submittedAt: Moment.nullable(),
    expiresAt: Moment.nullable(),
    startedAt: Moment.nullable(),
    finishedAt: Moment.nullable(),
    hash: z.string().nullable().describe("SHA-256 of the document, which a decision is for."),
    error: z.string().nullable(),
    resources: count,
    progress: z.partialRecord(z.enum(targetStates), count).describe("Its resources, by state."),
    severity: z.enum(severities).nullable().describe("The gravest of its findings."),
    findings: count,
    accountNames: z.array(z.string()),
    follows: z.string().nullable(),
    revision: count,
    can: z
      .object({
        ...{ submit: z.boolean(), decide: z.boolean(), run: z.boolean() },
        ...{ cancel: z.boolean(), rollBack: z.boolean() },
      })
      .describe("What this token may do with it now."),
    cannotDecide: z.string().nullable(),
  })
  .meta({ id: "PlanSummary" });

export const PlanPage = pageOf(PlanSummary);

const CallRecord = z.object({
  id: z.string(),
  api: z.string(),
  startedAt: Moment,
  endedAt: Moment.optional().describe("Without it nobody knows how the call ended."),
  output: z.unknown().optional(),
  error: z.string().optional(),
  round: z.string().optional(),
});

const Step = z.object({
  ...{ id: z.string(), ordinal: count, action: z.string(), state: z.enum(stepStates) },
  ...{ before: z.unknown(), after: z.unknown() },
  ...{ calls: z.array(CallRecord), rollbackCalls: z.array(CallRecord), attempts: count },
  ...{ error: z.string().nullable(), startedAt: Moment.nullable(), finishedAt: Moment.nullable() },
});

const Target = z.object({
  ...{ id: z.string(), ordinal: count, accountId: z.string(), accountName: z.string() },
  ...{ resourceId: z.string(), uid: z.string(), kind: z.string(), region: z.string(), name: z.string() },
  state: z.enum(targetStates),
  verdicts: z
    .record(z.string(), z.string())
    .nullable()
    .describe("What each check said on the fresh read afterwards."),
  ...{ scanId: z.string().nullable(), error: z.string().nullable() },
  ...{ startedAt: Moment.nullable(), finishedAt: Moment.nullable() },
  findings: z.array(z.object({ id: z.string(), checkId: z.string() })),
  steps: z.array(Step),
});

const BlastRadius = z.object({
  resources: count,
  accounts: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), cloud: z.enum(clouds) },
      ...{ environment: z.string().nullable(), resources: count },
    }),
  ),
  dependents: count.describe("Resources that name one of the plan's in their configuration."),
  dependentSamples: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string() })),
  tags: z.array(z.object({ tag: z.string(), resources: count })),
});

export const PlanDetail = PlanSummary.extend({
  parameters: anything,
  document: PlanDocument.nullable().describe("Null while it is being planned."),
  blastRadius: BlastRadius,
  targets: z.array(Target),
  runWhenApproved: z.boolean(),
  waitsFor: z
    .object({ what: z.enum(["freeze", "window", "start"]), until: Moment.nullable() })
    .nullable()
    .describe("Why an approved plan hasn't begun."),
  rollback: z.object({ by: Person, reason: z.string(), at: Moment }).nullable(),
  secrets: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), expiresAt: Moment, collectedAt: Moment.nullable() },
    }),
  ),
}).meta({ id: "PlanDetail" });

export const PlanEvent = z
  .object({
    ...{ id: count, targetId: z.string().nullable(), stepId: z.string().nullable() },
    ...{ kind: z.string(), detail: anything, ms: z.number().nullable(), at: Moment },
  })
  .meta({ id: "PlanEvent" });

const Permissions = z.object({
  ...{ cloud: z.enum(clouds), read: z.array(z.string()), write: z.array(z.string()) },
});

export const Playbook = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    category: z.string(),
    clouds: z.array(z.enum(clouds)),
    severity: z.enum(severities),
    fixes: z.array(z.string()).describe("Ids of the checks that it fixes."),
    parameters: z.record(z.string(), z.unknown()).describe("What whoever proposes it fills in, by name."),
    prerequisites: z.array(z.string()),
    risk: z.enum(risks),
    approvals: count,
    irreversible: z.array(z.string()).describe("What can't be undone."),
    leftToPeople: z.array(z.string()),
    actions: z.array(z.unknown()),
    source: z.enum(["built_in", "custom"]),
    version: count,
    hash: z.string(),
    openFindings: count,
    permissions: z.array(Permissions).describe("What its actions take, by cloud; empty in lists."),
    createdBy: Person.nullable(),
    createdAt: Moment.nullable(),
  })
  .meta({ id: "Playbook" });

export const RemediationSettings = z
  .object({
    ...{ maxResources: count, parallel: count, stopAtFailedPercent: count, expiryHours: count },
    revision: count.describe("0 where nobody has set anything."),
    freeze: z.object({ by: Person.nullable(), at: Moment, reason: z.string() }).nullable(),
    windows: z.array(
      z.object({
        ...{ id: z.string(), account: Person.nullable().describe("Null for all accounts.") },
        days: z.array(count).describe("ISO weekdays, 1 for Monday."),
        ...{ start: z.string(), end: z.string(), timeZone: z.string() },
      }),
    ),
    autoApprovals: z.array(
      z.object({
        ...{ id: z.string(), playbook: z.string(), account: Person, severity: z.enum(severities) },
        ...{ createdBy: Person, createdAt: Moment },
      }),
    ),
  })
  .meta({ id: "RemediationSettings" });

export const Decided = z.object({
  planId: Id,
  state: z.enum(planStates),
  approvals: count.describe("Those that it has."),
  approvalsNeeded: count,
});
