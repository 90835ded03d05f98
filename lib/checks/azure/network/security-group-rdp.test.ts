import { deny, group, rule, unreadGroup } from "#lib/checks/azure/security-rules.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { securityGroupRdp } from "./security-group-rdp.ts";

const rdp = { destinationPorts: ["3389"] };

testCheck(securityGroupRdp, {
  pass: [
    group(rule("ssh", 100)),
    group(rule("office", 100, { ...rdp, sources: ["203.0.113.0/24"] })),
    group(deny("no-rdp", 100, { ...rdp, protocol: "*" }), rule("all", 200, { destinationPorts: ["*"] })),
  ],
  fail: [
    [group(rule("rdp", 100, rdp)), "Port 3389 is open to the internet by rule rdp (tcp 3389 from *)."],
    [
      group(deny("no-rdp", 100, rdp), rule("all", 200, { protocol: "*", destinationPorts: ["*"] })),
      "Port 3389 is open to the internet by rule all (any protocol on every port from *).",
    ],
    [
      group(rule("win", 100, { destinationPorts: ["3380-3400"], sources: ["Internet"] })),
      "Port 3389 is open to the internet by rule win (tcp 3380-3400 from Internet).",
    ],
  ],
  unknown: [unreadGroup],
});
