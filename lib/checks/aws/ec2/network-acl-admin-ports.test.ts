import { testCheck } from "#lib/checks/test-check.ts";
import type { NetworkAclEntry } from "#lib/inventory/aws/ec2.kinds.ts";
import { networkAclAdminPorts } from "./network-acl-admin-ports.ts";

const entry = (ruleNumber: number, change: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  ruleNumber,
  egress: false,
  action: "allow",
  protocol: "6",
  cidr: "0.0.0.0/0",
  fromPort: 22,
  toPort: 22,
  ...change,
});
const all = { protocol: "-1", fromPort: null, toPort: null };
const last = entry(32767, { ...all, action: "deny" });
const acl = (...entries: NetworkAclEntry[]) => ({
  config: { vpcId: "vpc-1", isDefault: false, subnetIds: [], entries: [...entries, last] },
});
const denySsh = (ruleNumber: number, cidr = "0.0.0.0/0") => entry(ruleNumber, { action: "deny", cidr });

testCheck(networkAclAdminPorts, {
  pass: [
    acl(),
    acl(entry(100, { fromPort: 443, toPort: 443 })),
    acl(entry(100, { cidr: "10.0.0.0/8" })),
    acl(entry(100, { ...all, egress: true })),
    acl(entry(100, { protocol: "17" })),
    acl(denySsh(90), entry(100)),
    // EC2's order isn't the order of evaluation.
    acl(entry(100), denySsh(90)),
    acl(entry(80, { action: "deny", fromPort: 0, toPort: 3389, protocol: "-1" }), entry(100)),
    acl(denySsh(80, "0.0.0.0/1"), denySsh(81, "128.0.0.0/1"), entry(100)),
    acl(denySsh(80, "::/0"), entry(100, { cidr: "::/0" })),
  ],
  fail: [
    [acl(entry(100, all)), "Port 22 is open to 0.0.0.0/0 by entry 100."],
    [acl(entry(100, { cidr: "::/0" })), "Port 22 is open to ::/0 by entry 100."],
    [acl(denySsh(110), entry(100)), "Port 22 is open to 0.0.0.0/0 by entry 100."],
    [acl(denySsh(90, "203.0.113.0/24"), entry(100)), "Port 22 is open to 0.0.0.0/0 by entry 100."],
    [acl(denySsh(90), entry(100, all)), "Port 3389 is open to 0.0.0.0/0 by entry 100."],
    [acl(denySsh(90, "::/0"), entry(100)), "Port 22 is open to 0.0.0.0/0 by entry 100."],
    [
      acl(entry(100, { fromPort: 3000, toPort: 4000, protocol: "17" })),
      "Port 3389 is open to 0.0.0.0/0 by entry 100.",
    ],
    [
      acl(entry(100, { cidr: "8.0.0.0/8" }), entry(110, { cidr: "9.0.0.0/8" })),
      "Port 22 is open to the internet by entries 100, 110 together.",
    ],
  ],
  unknown: [{ config: { ...acl().config, entries: undefined } }],
});
