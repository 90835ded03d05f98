import { z } from "zod";
import { getAlertRule, listAlertRules, listAlerts } from "#db/audit/alerts.ts";
import { channelKinds } from "../../audit/alerts/model.ts";
import {
  ChangeAlertRuleInput,
  CreateAlertRuleInput,
  changeAlertRule,
  createAlertRule,
  deleteAlertRule,
} from "../../audit/alerts/verbs/save-alert-rule.ts";
import { testAlertRule } from "../../audit/alerts/verbs/test-alert-rule.ts";
import { defineOperation } from "../operation.ts";
import { Alert, AlertRule } from "../schemas/audit-streams.ts";
import { After, Id, Limit, pageOf } from "../schemas/common.ts";

const tag = "Audit";
const read = { tag, permission: "audit:read" } as const;
const manage = { tag, permission: "audit:manage" } as const;
const ruleId = z.object({ ruleId: Id });
const base = "/audit/alert-rules/{ruleId}";
const secrets = z
  .record(z.string(), z.string())
  .describe("What new webhooks are signed with, by the channel's id. It is told this once.");

export const auditAlertOperations = [
  defineOperation({
    ...{ ...read, id: "listAuditAlerts", method: "GET", path: "/audit/alerts" },
    summary: "Alerts that were raised, and whom they reached",
    query: z.strictObject({ limit: Limit, after: After }),
    response: pageOf(Alert),
    run: async ({ db, scope, query }) => {
      const { alerts, next } = await listAlerts(db, scope, query);
      return { data: alerts, next };
    },
  }),
  defineOperation({
    ...{ ...read, id: "listAuditAlertRules", method: "GET", path: "/audit/alert-rules" },
    summary: "When people are told that much goes wrong",
    response: z.object({ data: z.array(AlertRule) }),
    run: async ({ db, scope }) => ({ data: await listAlertRules(db, scope) }),
  }),
  defineOperation({
    ...{ ...manage, id: "createAuditAlertRule", method: "POST", path: "/audit/alert-rules", status: 201 },
    summary: "Have people told when so many acts fail or are refused within a time",
    body: CreateAlertRuleInput,
    response: z.object({ ruleId: z.string(), secrets }),
    run: ({ db, scope, body }) => createAlertRule(db, scope, body),
  }),
  defineOperation({
    ...{ ...read, id: "getAuditAlertRule", method: "GET", path: base },
    summary: "One rule",
    params: ruleId,
    response: AlertRule,
    run: ({ db, scope, params }) => getAlertRule(db, scope, params.ruleId),
  }),
  defineOperation({
    ...{ ...manage, id: "changeAuditAlertRule", method: "PATCH", path: base },
    summary: "Change a rule, switch it off or on",
    description: "Of a channel that is sent with its id, an address or settings left out stay as they are.",
    params: ruleId,
    body: ChangeAlertRuleInput.omit({ ruleId: true }),
    response: z.object({ ruleId: z.string(), revision: z.int(), secrets }),
    run: ({ db, scope, params, body }) => changeAlertRule(db, scope, { ...body, ...params }),
  }),
  defineOperation({
    ...{ ...manage, id: "deleteAuditAlertRule", method: "DELETE", path: base },
    summary: "Delete a rule",
    description: "The alerts that it raised stay.",
    params: ruleId,
    response: ruleId,
    run: ({ db, scope, params }) => deleteAlertRule(db, scope, params),
  }),
  defineOperation({
    ...{ ...manage, id: "testAuditAlertRule", method: "POST", path: `${base}/test` },
    summary: "Tell every channel of a rule that this is a test, at once",
    params: ruleId,
    response: z.object({
      data: z.array(
        z.object({
          ...{ kind: z.enum(channelKinds), to: z.string(), told: z.boolean() },
          error: z.string().nullable(),
        }),
      ),
    }),
    run: async ({ db, scope, params }) => ({ data: await testAlertRule(db, scope, params) }),
  }),
];
