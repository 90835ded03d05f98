import { firewall, onNetwork, other } from "#lib/checks/gcp/firewall-examples.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { firewallAllPorts } from "./firewall-all-ports.ts";

testCheck(firewallAllPorts, {
  pass: [
    firewall("tcp:22,3389,443"),
    firewall("tcp:0-65534"),
    firewall("icmp"),
    firewall("all", { sourceRanges: ["10.0.0.0/8"] }),
    firewall("all", { disabled: true }),
    firewall("all", { action: "deny" }),
    { ...firewall("all"), related: [onNetwork(), other("all")] },
    // All but one port are denied.
    { ...firewall("tcp"), related: [other("tcp:0-442,444-65535")] },
  ],
  fail: [
    [firewall("all"), "Every tcp port is open to 0.0.0.0/0 for every instance of network main."],
    [firewall("tcp:1-65535"), "Every tcp port is open to 0.0.0.0/0 for every instance of network main."],
    [
      firewall("17", { sourceRanges: ["::/0"] }),
      "Every udp port is open to ::/0 for every instance of network main.",
    ],
    [
      firewall("tcp:0-1023,1024-65535", { sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] }),
      "Every tcp port is open to 0.0.0.0/1 and 128.0.0.0/1 for every instance of network main.",
    ],
    [
      { ...firewall("all"), related: [onNetwork(), other("tcp:22,3389")] },
      "65534 tcp ports are open to 0.0.0.0/0 for every instance of network main, though deny denies part of it.",
    ],
    [
      { ...firewall("all"), related: [other("tcp")] },
      "Every udp port is open to 0.0.0.0/0 for every instance of network main.",
    ],
  ],
  unknown: [
    { config: { ...firewall("all").config, traffic: undefined } },
    { ...firewall("all"), incomplete: ["gcp.compute.firewall"] },
    { ...firewall("all"), related: [onNetwork({ policies: undefined })] },
  ],
});
