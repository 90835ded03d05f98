import { project } from "#lib/checks/gcp/compute-examples.test-data.ts";
import { network } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { projectDefaultNetwork } from "./project-default-network.ts";

testCheck(projectDefaultNetwork, {
  pass: [
    { config: project().config },
    { config: project().config, related: [{ kind: "gcp.compute.network", ...network() }] },
  ],
  fail: [
    [
      {
        config: project().config,
        related: [{ kind: "gcp.compute.network", ...network({ isDefault: true }) }],
      },
      "The project has a network named default.",
    ],
    [
      {
        config: project().config,
        related: [{ kind: "gcp.compute.network", ...network({ isDefault: true }) }],
        incomplete: ["gcp.compute.network"],
      },
      "The project has a network named default.",
    ],
  ],
  unknown: [{ config: project().config, incomplete: ["gcp.compute.network"] }],
});
