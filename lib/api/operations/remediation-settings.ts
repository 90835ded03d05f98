import { z } from "zod";
import { getRemediationSettings } from "#db/remediation/queries.ts";
import {
  AllowAutoApprovalInput,
  allowAutoApproval,
  withdrawAutoApproval,
} from "../../remediation/verbs/auto-approvals.ts";
import {
  deleteChangeWindow,
  SaveChangeWindowInput,
  saveChangeWindow,
} from "../../remediation/verbs/change-windows.ts";
import { SetFreezeInput, setFreeze } from "../../remediation/verbs/set-freeze.ts";
import { SetRemediationLimitsInput, setRemediationLimits } from "../../remediation/verbs/set-limits.ts";
import { defineOperation } from "../operation.ts";
import { Id } from "../schemas/common.ts";
import { RemediationSettings } from "../schemas/remediation.ts";

const tag = "Remediation";
const manage = { tag, permission: "remediation:manage" } as const;
const Window = SaveChangeWindowInput.omit({ windowId: true });
const windowId = z.object({ windowId: Id });
const ruleId = z.object({ ruleId: Id });

export const remediationSettingsOperations = [
  defineOperation({
    ...{ id: "getRemediationSettings", method: "GET", path: "/remediation/settings", tag },
    summary: "Limits, freeze, change windows and automatic approvals",
    permission: "remediation:read",
    response: RemediationSettings,
    run: ({ db, scope }) => getRemediationSettings(db, scope),
  }),
  defineOperation({
    ...{ ...manage, id: "setRemediationLimits", method: "PUT", path: "/remediation/limits" },
    summary: "Set how much a plan may change, and how long it can be approved and begun",
    body: SetRemediationLimitsInput,
    response: z.object({ revision: z.int() }),
    run: ({ db, scope, body }) => setRemediationLimits(db, scope, body),
  }),
  defineOperation({
    ...{ id: "setFreeze", method: "PUT", path: "/remediation/freeze", tag, permission: "remediation:freeze" },
    summary: "Freeze all changes, or lift that",
    description: "While frozen no plan begins, and no further step of one under way.",
    body: SetFreezeInput,
    response: z.object({ frozen: z.boolean() }),
    run: ({ db, scope, body }) => setFreeze(db, scope, body),
  }),
  defineOperation({
    ...{ ...manage, id: "addChangeWindow", method: "POST", path: "/remediation/windows", status: 201 },
    summary: "Say when an account may be changed, or all that have no window of their own",
    body: Window,
    response: windowId,
    run: ({ db, scope, body }) => saveChangeWindow(db, scope, body),
  }),
  defineOperation({
    ...{ ...manage, id: "changeChangeWindow", method: "PUT", path: "/remediation/windows/{windowId}" },
    summary: "Change a change window",
    params: windowId,
    body: Window,
    response: windowId,
    run: ({ db, scope, params, body }) => saveChangeWindow(db, scope, { ...body, ...params }),
  }),
  defineOperation({
    ...{ ...manage, id: "deleteChangeWindow", method: "DELETE", path: "/remediation/windows/{windowId}" },
    summary: "Take a change window away",
    description: "An account without any may be changed at any time.",
    params: windowId,
    response: windowId,
    run: ({ db, scope, params }) => deleteChangeWindow(db, scope, params),
  }),
  defineOperation({
    ...{ ...manage, id: "allowAutoApproval", method: "POST", path: "/remediation/auto-approvals" },
    summary: "Have plans of a playbook approved by themselves, for one account and severity",
    description: "For playbooks of low risk alone, of which everything can be undone.",
    status: 201,
    body: AllowAutoApprovalInput,
    response: ruleId,
    run: ({ db, scope, body }) => allowAutoApproval(db, scope, body),
  }),
  defineOperation({
    ...{ ...manage, id: "withdrawAutoApproval", method: "DELETE" },
    path: "/remediation/auto-approvals/{ruleId}",
    summary: "Take an automatic approval back",
    description: "What it has approved stays approved.",
    params: ruleId,
    response: ruleId,
    run: ({ db, scope, params }) => withdrawAutoApproval(db, scope, params),
  }),
];
