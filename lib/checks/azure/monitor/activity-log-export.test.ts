import { testCheck } from "#lib/checks/test-check.ts";
import { activityLogExport } from "./activity-log-export.ts";

const workspace =
  "/subscriptions/s/resourceGroups/security/providers/Microsoft.OperationalInsights/workspaces/security";
const log = (category: string, enabled = true) => ({ category, group: null, enabled });
const setting = { name: "activity-log", destinations: [workspace], logs: [log("Administrative")] };

testCheck(activityLogExport, {
  pass: [
    { config: { activityLogSettings: [setting] } },
    { config: { activityLogSettings: [{ ...setting, logs: [] }, setting] } },
    {
      config: {
        activityLogSettings: [{ ...setting, logs: [{ category: null, group: "allLogs", enabled: true }] }],
      },
    },
  ],
  fail: [
    [{ config: { activityLogSettings: [] } }, "No diagnostic setting sends the activity log anywhere."],
    [
      { config: { activityLogSettings: [{ ...setting, destinations: [] }] } },
      "activity-log sends no logs, or to nowhere.",
    ],
    [
      {
        config: {
          activityLogSettings: [
            { ...setting, logs: [log("Administrative", false)] },
            { ...setting, name: "other", logs: [] },
          ],
        },
      },
      "activity-log, other send no logs, or to nowhere.",
    ],
  ],
  unknown: [{ config: {} }],
});
