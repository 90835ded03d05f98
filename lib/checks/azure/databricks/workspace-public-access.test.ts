import { workspace } from "#lib/checks/azure/databricks-workspaces.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { workspacePublicAccess } from "./workspace-public-access.ts";

testCheck(workspacePublicAccess, {
  pass: [{ config: workspace }],
  fail: [[{ config: { ...workspace, publicNetworkAccess: "Enabled" } }, "Public network access is enabled."]],
  unknown: [{ config: { ...workspace, publicNetworkAccess: undefined } }],
});
