import { testCheck } from "#lib/checks/test-check.ts";
import { activityLogCategories } from "./activity-log-categories.ts";

const workspace =
  "/subscriptions/s/resourceGroups/security/providers/Microsoft.OperationalInsights/workspaces/security";
const logs = (...categories: string[]) =>
  categories.map((category) => ({ category, group: null, enabled: true }));
const setting = {
  name: "activity-log",
  destinations: [workspace],
  logs: logs("Administrative", "Security", "Alert", "Policy"),
};

testCheck(activityLogCategories, {
  pass: [
    { config: { activityLogSettings: [setting] } },
    {
      config: {
        activityLogSettings: [
          { ...setting, logs: logs("Administrative", "Alert") },
          { ...setting, name: "other", logs: logs("policy", "security", "ServiceHealth") },
        ],
      },
    },
    {
      config: {
        activityLogSettings: [{ ...setting, logs: [{ category: null, group: "allLogs", enabled: true }] }],
      },
    },
  ],
  fail: [
    [
      { config: { activityLogSettings: [] } },
      "No diagnostic setting sends Administrative, Alert, Policy, Security.",
    ],
    [
      { config: { activityLogSettings: [{ ...setting, logs: logs("Administrative", "Alert", "Policy") }] } },
      "No diagnostic setting sends Security.",
    ],
    [
      {
        config: {
          activityLogSettings: [
            { ...setting, logs: setting.logs.map((log) => ({ ...log, enabled: log.category !== "Alert" })) },
          ],
        },
      },
      "No diagnostic setting sends Alert.",
    ],
    [
      { config: { activityLogSettings: [{ ...setting, destinations: [] }] } },
      "No diagnostic setting sends Administrative, Alert, Policy, Security.",
    ],
  ],
  unknown: [{ config: {} }],
});
