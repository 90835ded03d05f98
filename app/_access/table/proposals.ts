import { ownPlaybook } from "#lib/remediation/test-plans.ts";
import type { AccessTable } from "../model.ts";
import { ownRule, ownWindow, playbookOf, ruleInput } from "./remediation.ts";

const admins = ["admin"] as const;
const proposing = ["analyst", "manager", "admin"] as const;
const freezing = ["ciso", "manager", "admin"] as const;
const reason = "It is open to everyone.";
const always = { days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "00:00", timeZone: "UTC" };
const limits = { maxResources: 10, parallel: 2, stopAtFailedPercent: 10, expiryHours: 12 };

const settings = (name: string) => `app/(dashboard)/settings/remediation/actions.ts#${name}`;

const library = (name: string) => `app/(dashboard)/playbooks/actions.ts#${name}`;

/** The pages on which fixes are proposed, and on which it is set how far they may go. */
export const proposals: AccessTable = {
  "GET /api/findings/fixes": {
    roles: proposing,
    input: ({ ids }) => ({ query: { ids: ids.findingId } }),
    foreign: "done",
  },
  "app/(dashboard)/_propose/actions.ts#proposeFixAction": {
    roles: proposing,
    input: async (given) => [
      {
        ...{ playbook: (await playbookOf(given)).id, findingIds: [given.ids.findingId] },
        ...{ parameters: {}, reason },
      },
    ],
  },
  [library("judgePlaybookAction")]: { roles: admins, input: () => ["id: NONE"], foreign: "done" },
  [library("savePlaybookAction")]: {
    roles: admins,
    input: () => [{ ...ownPlaybook, fixes: ["aws.s3.bucket-public-access"] }, null],
    foreign: "done",
    unseen: "forbidden",
  },
  [library("retirePlaybookAction")]: {
    roles: admins,
    input: async (given) => [(await playbookOf(given)).id, 1],
    unseen: "forbidden",
  },
  [settings("setLimitsAction")]: {
    roles: admins,
    input: () => [limits, 0],
    foreign: "done",
    unseen: "forbidden",
  },
  [settings("setFreezeAction")]: {
    roles: freezing,
    input: () => [true, reason],
    foreign: "done",
    unseen: "forbidden",
  },
  [settings("saveWindowAction")]: {
    roles: admins,
    input: ({ ids }) => [{ ...always, accountId: ids.accountId }],
  },
  [settings("deleteWindowAction")]: { roles: admins, input: async (given) => [await ownWindow(given)] },
  [settings("allowAutoApprovalAction")]: {
    roles: admins,
    input: async (given) => [await ruleInput(given)],
  },
  [settings("withdrawAutoApprovalAction")]: {
    roles: admins,
    input: async (given) => [await ownRule(given)],
  },
  [settings("sendTestMailAction")]: {
    roles: admins,
    input: () => [],
    // No mail server is configured.
    outcome: "unavailable",
    foreign: "unavailable",
  },
};
