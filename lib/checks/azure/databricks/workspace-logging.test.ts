import { workspace } from "#lib/checks/azure/databricks-workspaces.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { workspaceLogging } from "./workspace-logging.ts";

const empty = { name: "empty", destinations: [], logs: [] };

testCheck(workspaceLogging, {
  pass: [
    { config: workspace },
    { config: { ...workspace, diagnosticSettings: [empty, ...workspace.diagnosticSettings] } },
  ],
  fail: [
    [
      { config: { ...workspace, diagnosticSettings: [] } },
      "No diagnostic setting sends the workspace's logs anywhere.",
    ],
    [{ config: { ...workspace, diagnosticSettings: [empty] } }, "empty sends no logs, or to nowhere."],
  ],
  unknown: [{ config: { ...workspace, diagnosticSettings: undefined } }],
});
