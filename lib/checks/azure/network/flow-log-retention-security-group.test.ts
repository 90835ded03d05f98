import { testCheck } from "#lib/checks/test-check.ts";
import { flowLogRetentionSecurityGroup } from "./flow-log-retention-security-group.ts";

const log = {
  targetId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/web",
  target: "security-group" as const,
  storageId: null,
  workspaceId: null,
};

testCheck(flowLogRetentionSecurityGroup, {
  pass: [
    { config: { ...log, enabled: true, retentionDays: 180 } },
    { config: { ...log, enabled: true, retentionDays: 0 } },
    { config: { ...log, target: "virtual-network", enabled: true, retentionDays: 1 } },
  ],
  fail: [
    [{ config: { ...log, enabled: true, retentionDays: 30 } }, "Records are deleted after 30 days."],
    [{ config: { ...log, enabled: false, retentionDays: 0 } }, "The flow log is switched off."],
  ],
  unknown: [{ config: log }, { config: { ...log, enabled: true } }],
});
