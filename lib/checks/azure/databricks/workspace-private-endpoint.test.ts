import { endpoint, workspace } from "#lib/checks/azure/databricks-workspaces.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { workspacePrivateEndpoint } from "./workspace-private-endpoint.ts";

testCheck(workspacePrivateEndpoint, {
  pass: [
    { config: workspace },
    {
      config: {
        ...workspace,
        privateEndpoints: [{ id: endpoint, status: "Rejected" }, ...workspace.privateEndpoints],
      },
    },
  ],
  fail: [
    [{ config: { ...workspace, privateEndpoints: [] } }, "The workspace has no private endpoint."],
    [
      { config: { ...workspace, privateEndpoints: [{ id: endpoint, status: "Pending" }] } },
      "No private endpoint connection is approved; the first is pending.",
    ],
  ],
  unknown: [{ config: { ...workspace, privateEndpoints: undefined } }],
});
