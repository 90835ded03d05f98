import {
  deny,
  entangledGroup,
  group,
  rule,
  unreadGroup,
} from "#lib/checks/azure/security-rules.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { securityGroupUdp } from "./security-group-udp.ts";

const udp = (...destinationPorts: string[]) => ({ protocol: "udp", destinationPorts });

testCheck(securityGroupUdp, {
  pass: [
    group(rule("ssh", 100)),
    group(rule("dns", 100, { ...udp("53"), sources: ["203.0.113.0/24"] })),
    group(deny("no-udp", 100, udp("*")), rule("all", 200, { protocol: "*", destinationPorts: ["*"] })),
  ],
  fail: [
    [group(rule("dns", 100, udp("53"))), "Udp 53 is open to the internet by rule dns (udp 53 from *)."],
    [
      group(rule("some", 100, udp("53", "123", "500-600"))),
      "Udp ports (53 and 2 more) are open to the internet by rule some (udp 53, 123 and 500-600 from *).",
    ],
    [
      group(rule("all", 100, { protocol: "*", destinationPorts: ["*"] })),
      "Every udp port is open to the internet by rule all (any protocol on every port from *).",
    ],
    [
      group(deny("no-dns", 100, udp("53")), rule("all", 200, udp("*"))),
      "Udp ports (1-52 and 1 more) are open to the internet by rule all (udp on every port from *).",
    ],
  ],
  unknown: [unreadGroup, entangledGroup],
});
