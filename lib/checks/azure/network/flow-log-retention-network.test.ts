import { testCheck } from "#lib/checks/test-check.ts";
import { flowLogRetentionNetwork } from "./flow-log-retention-network.ts";

const log = {
  targetId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub",
  target: "virtual-network" as const,
  storageId: null,
  workspaceId: null,
};

testCheck(flowLogRetentionNetwork, {
  pass: [
    { config: { ...log, enabled: true, retentionDays: 90 } },
    { config: { ...log, enabled: true, retentionDays: 0 } },
    { config: { ...log, target: "security-group", enabled: true, retentionDays: 1 } },
    { config: { ...log, target: "security-group" } },
  ],
  fail: [
    [{ config: { ...log, enabled: true, retentionDays: 89 } }, "Records are deleted after 89 days."],
    [
      { config: { ...log, target: "subnet", enabled: true, retentionDays: 1 } },
      "Records are deleted after 1 day.",
    ],
    [{ config: { ...log, enabled: false, retentionDays: 365 } }, "The flow log is switched off."],
    [{ config: { ...log, retentionDays: 7 } }, "Records are deleted after 7 days."],
  ],
  unknown: [
    { config: log },
    { config: { ...log, enabled: true } },
    { config: { ...log, retentionDays: 90 } },
  ],
});
