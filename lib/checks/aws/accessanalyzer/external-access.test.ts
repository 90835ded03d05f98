import { testCheck } from "#lib/checks/test-check.ts";
import { externalAccess } from "./external-access.ts";

const analyzer = (name: string, type: string, status = "ACTIVE", statusReason: string | null = null) => ({
  name,
  arn: `arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/${name}`,
  type,
  status,
  statusReason,
});
const unused = analyzer("unused", "ACCOUNT_UNUSED_ACCESS");

testCheck(externalAccess, {
  pass: [
    { config: { analyzers: [analyzer("own", "ACCOUNT")] } },
    { config: { analyzers: [analyzer("all", "ORGANIZATION"), unused] } },
    { config: { analyzers: [analyzer("broken", "ORGANIZATION", "FAILED"), analyzer("own", "ACCOUNT")] } },
  ],
  fail: [
    [{ config: { analyzers: [] } }, "Access Analyzer has no analyzer in this region."],
    [
      { config: { analyzers: [analyzer("inside", "ORGANIZATION_INTERNAL_ACCESS"), unused] } },
      "No analyzer in this region looks for access from outside.",
    ],
    [
      {
        config: {
          analyzers: [unused, analyzer("all", "ORGANIZATION", "DISABLED", "AWS_SERVICE_ACCESS_DISABLED")],
        },
      },
      "Analyzer all is DISABLED (AWS_SERVICE_ACCESS_DISABLED), not ACTIVE.",
    ],
    [
      { config: { analyzers: [analyzer("own", "ACCOUNT", "CREATING")] } },
      "Analyzer own is CREATING, not ACTIVE.",
    ],
  ],
  unknown: [{ config: {} }],
});
