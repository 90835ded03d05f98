import { testCheck } from "#lib/checks/test-check.ts";
import { noKeys } from "./no-keys.ts";

const key = (name: string) => ({
  kind: "gcp.apikeys.key" as const,
  name,
  config: { createdAt: "2025-01-01T00:00:00Z", application: null, apiTargets: [], serviceAccountEmail: null },
});

testCheck(noKeys, {
  pass: [{ config: {} }],
  fail: [
    [{ config: {}, related: [key("Maps")] }, "The project has an API key: Maps."],
    [
      { config: {}, related: [key("b"), key("a")], incomplete: ["gcp.apikeys.key"] },
      "The project has 2 API keys: a and b.",
    ],
  ],
  unknown: [{ config: {}, incomplete: ["gcp.apikeys.key"] }],
});
