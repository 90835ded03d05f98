import {
  deny,
  entangledGroup,
  group,
  rule,
  unreadGroup,
} from "#lib/checks/azure/security-rules.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { securityGroupSsh } from "./security-group-ssh.ts";

testCheck(securityGroupSsh, {
  pass: [
    group(),
    group(rule("office", 100, { sources: ["203.0.113.0/24", "2001:db8::/48"] })),
    group(rule("web", 100, { destinationPorts: ["80", "443", "1024-65535"] })),
    group(rule("peers", 100, { sources: ["VirtualNetwork"] })),
    group(rule("jump", 100, { sources: [], sourceGroups: ["/subscriptions/s/asg/jump"] })),
    group(rule("dns", 100, { protocol: "udp", destinationPorts: ["*"] })),
    group(deny("no-ssh", 100), rule("allow-ssh", 200)),
    group(
      rule("allow-ssh", 200),
      deny("no-internet", 150, { sources: ["Internet"], protocol: "*", destinationPorts: ["*"] }),
    ),
    group(
      deny("low", 100, { sources: ["0.0.0.0/1"] }),
      deny("high", 110, { sources: ["128.0.0.0/1"] }),
      rule("v4", 200, { sources: ["0.0.0.0/0"] }),
    ),
  ],
  fail: [
    [group(rule("allow-ssh", 100)), "Port 22 is open to the internet by rule allow-ssh (tcp 22 from *)."],
    [
      group(
        rule("admin", 300, { sources: ["Internet"], destinationPorts: ["20-25", "3389"], protocol: "*" }),
      ),
      "Port 22 is open to the internet by rule admin (any protocol 20-25 and 3389 from Internet).",
    ],
    [
      group(
        rule("a", 100, { sources: ["0.0.0.0/1"] }),
        rule("b", 110, { sources: ["128.0.0.0/1"], destinationPorts: ["*"] }),
      ),
      "Port 22 is open to the internet by rules a (tcp 22 from 0.0.0.0/1) and b (tcp on every port from 128.0.0.0/1).",
    ],
    [
      group(rule("v6", 100, { sources: ["::/0"] })),
      "Port 22 is open to the internet by rule v6 (tcp 22 from ::/0).",
    ],
    [
      group(deny("no-v4", 100, { sources: ["0.0.0.0/0"] }), rule("any", 110)),
      "Port 22 is open to the internet over IPv6 by rule any (tcp 22 from *).",
    ],
    [
      group(rule("early", 100), deny("late", 200)),
      "Port 22 is open to the internet by rule early (tcp 22 from *).",
    ],
    [
      group(deny("some-hosts", 100, { destinations: ["10.0.0.0/24"] }), rule("all-hosts", 200)),
      "Port 22 is open to the internet by rule all-hosts (tcp 22 from *).",
    ],
    [
      group(deny("udp", 100, { protocol: "udp" }), rule("both", 200, { protocol: "*" })),
      "Port 22 is open to the internet by rule both (any protocol 22 from *).",
    ],
    [
      group(rule("jump", 100, { destinations: [], destinationGroups: ["/subscriptions/s/asg/jump"] })),
      "Port 22 is open to the internet by rule jump (tcp 22 from *).",
    ],
  ],
  unknown: [unreadGroup, entangledGroup],
});
