import { describe, expect, it } from "vitest";
import type { Target } from "../model.ts";
import { planFrom } from "../plan-from.ts";
import { restrictInbound } from "./restrict-inbound.ts";
import type { NsgRule } from "./security-rule.ts";

const target: Target = {
  uid: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg",
  kind: "azure.network.security-group",
  cloud: "azure",
  account: "s",
  region: "westeurope",
  name: "nsg",
};
const rule = (name: string, priority: number, change: Partial<NsgRule> = {}) => ({
  name,
  priority,
  description: `Why ${name} is there.`,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "22",
  ...change,
});
const plan = (rules: object[], checks: string[] = ["ssh"], exceptions: string[] = []) =>
  planFrom(
    restrictInbound,
    { rules: JSON.parse(JSON.stringify(rules)) },
    { checks: checks.map((check) => `azure.network.security-group-${check}`), exceptions },
    target,
  );
const rulesAfter = (planned: ReturnType<typeof plan>) =>
  planned.outcome === "change" ? Reflect.get(Object(planned.after), "rules") : planned;

describe("what is taken out of a security group", () => {
  it("is the internet at the port, and no other source, port, group or word", () => {
    const sources = { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", "Internet"] };
    const ports = { destinationPortRange: undefined, destinationPortRanges: ["20-25", "443"] };
    const group = [{ id: "/asg/jump" }];
    const mixed = rule("mixed", 200, {
      ...sources,
      ...ports,
      destinationAddressPrefix: undefined,
      destinationApplicationSecurityGroups: group,
    });
    const { sourceAddressPrefix: _, destinationAddressPrefix: __, ...common } = rule("mixed", 200);
    const { destinationPortRange: ___, ...kept } = common;
    expect(rulesAfter(plan([mixed]))).toEqual([
      {
        ...kept,
        destinationApplicationSecurityGroups: group,
        sourceAddressPrefixes: ["10.0.0.0/8", "Internet"],
        destinationPortRanges: ["20-21", "23-25", "443"],
      },
      {
        ...kept,
        name: "mixed-2",
        priority: 201,
        destinationApplicationSecurityGroups: group,
        sourceAddressPrefix: "10.0.0.0/8",
        destinationPortRange: "22",
      },
    ]);
  });

  it("leaves a way in from within the network where a later rule would close it", () => {
    const deny = rule("nobody-else", 300, { access: "Deny", protocol: "*", destinationPortRange: "*" });
    expect(rulesAfter(plan([rule("ssh", 200), deny]))).toEqual([
      {
        ...rule("ssh", 200),
        sourceAddressPrefix: undefined,
        sourceAddressPrefixes: ["10.0.0.0/8", "168.63.129.16/32", "172.16.0.0/12", "192.168.0.0/16"],
      },
      deny,
    ]);
  });

  it("stays before the next deny rule, or isn't taken out at all", () => {
    const deny = rule("seal", 201, { access: "Deny", destinationPortRange: "3389" });
    const wide = rule("wide", 200, { destinationPortRange: "20-25" });
    // With an exception the rule has to be split, and there is room in front alone.
    expect(rulesAfter(plan([wide, deny], ["ssh"], ["203.0.113.0/24"]))).toMatchObject([
      { name: "wide-2", priority: 199, sourceAddressPrefix: "203.0.113.0/24", destinationPortRange: "22" },
      { name: "wide", priority: 200 },
      { name: "seal", priority: 201 },
    ]);
    const before = rule("other", 199, { access: "Deny", destinationPortRange: "3389" });
    expect(plan([before, wide, deny], ["ssh"], ["203.0.113.0/24"])).toEqual({
      outcome: "refused",
      reason: "There is no priority free beside rule wide, which has to be split.",
    });
  });

  it("leaves a service open where only everything at once is in question", () => {
    const all = rule("all", 100, { protocol: "*", destinationPortRange: "*" });
    const https = rule("https", 200, { sourceAddressPrefix: "Internet", destinationPortRange: "443" });
    expect(rulesAfter(plan([all, https], ["all-ports"]))).toMatchObject([
      { name: "all", protocol: "Icmp" },
      { name: "all-2", protocol: "Esp" },
      { name: "all-3", protocol: "Ah" },
      { name: "https" },
    ]);
  });

  it("is nothing where a deny rule comes first, and refused where it makes no sense", () => {
    const deny = rule("seal", 100, { access: "Deny" });
    expect(plan([deny, rule("ssh", 200)])).toMatchObject({ outcome: "nothing" });
    expect(plan([rule("ssh", 200)], ["ssh"], ["0.0.0.0/1"])).toMatchObject({
      outcome: "refused",
      reason: "The exceptions let so much of the internet in that no one network is meant.",
    });
    expect(plan([rule("ssh", 200)], ["tags"])).toMatchObject({ outcome: "refused" });
  });
});
