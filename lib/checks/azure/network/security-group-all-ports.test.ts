import {
  deny,
  entangledGroup,
  group,
  rule,
  unreadGroup,
} from "#lib/checks/azure/security-rules.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { securityGroupAllPorts } from "./security-group-all-ports.ts";

const all = { protocol: "*", destinationPorts: ["*"] };

testCheck(securityGroupAllPorts, {
  pass: [
    group(),
    group(rule("ssh", 100)),
    group(rule("nearly", 100, { destinationPorts: ["1-65534"] })),
    group(rule("all", 100, { ...all, sources: ["10.0.0.0/8"] })),
    group(rule("icmp", 100, { protocol: "icmp", destinationPorts: ["*"] })),
    group(deny("no-ssh", 100, { protocol: "*" }), rule("all", 200, all)),
    group(deny("none", 100, all), rule("all", 200, all)),
  ],
  fail: [
    [
      group(rule("all", 100, all)),
      "Every tcp and udp port is open to the internet by rule all (any protocol on every port from *).",
    ],
    [
      group(rule("all", 100, { destinationPorts: ["0-65535"], sources: ["0.0.0.0/0"] })),
      "Every tcp port is open to the internet by rule all (tcp 0-65535 from 0.0.0.0/0).",
    ],
    [
      group(
        rule("low", 100, { protocol: "udp", destinationPorts: ["1-1023"] }),
        rule("high", 110, { protocol: "udp", destinationPorts: ["1024-65535"] }),
      ),
      "Every udp port is open to the internet by rules low (udp 1-1023 from *) and high (udp 1024-65535 from *).",
    ],
    [
      group(deny("no-ssh", 100), rule("all", 200, all)),
      "Every udp port is open to the internet by rule all (any protocol on every port from *).",
    ],
  ],
  unknown: [unreadGroup, entangledGroup],
});
