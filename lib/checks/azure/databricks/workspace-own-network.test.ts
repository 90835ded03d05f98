import { network, workspace } from "#lib/checks/azure/databricks-workspaces.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { workspaceOwnNetwork } from "./workspace-own-network.ts";

testCheck(workspaceOwnNetwork, {
  pass: [{ config: { ...workspace, network } }],
  fail: [
    [{ config: { ...workspace, network: null } }, "The workspace lies in a network that Databricks manages."],
  ],
  unknown: [{ config: { ...workspace, network: undefined } }],
});
