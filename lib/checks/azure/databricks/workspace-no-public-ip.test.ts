import { workspace } from "#lib/checks/azure/databricks-workspaces.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { workspaceNoPublicIp } from "./workspace-no-public-ip.ts";

testCheck(workspaceNoPublicIp, {
  pass: [{ config: workspace }],
  fail: [[{ config: { ...workspace, noPublicIp: false } }, "Cluster nodes get public IP addresses."]],
  unknown: [{ config: { ...workspace, noPublicIp: undefined } }],
});
