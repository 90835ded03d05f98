import { testCheck } from "#lib/checks/test-check.ts";
import { applicationInsights } from "./application-insights.ts";

const kind = "azure.monitor.application-insights" as const;
const component = { kind, config: { applicationType: "web", workspaceId: null, ingestionMode: null } };

testCheck(applicationInsights, {
  pass: [
    { config: {}, related: [component] },
    { config: {}, related: [component], incomplete: [kind] },
  ],
  fail: [[{ config: {}, related: [] }, "The subscription has no Application Insights resource."]],
  unknown: [{ config: {}, related: [], incomplete: [kind] }],
});
