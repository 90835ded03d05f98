import { coversInternet, type Ranges, rangeOf, union } from "#lib/checks/ip-ranges.ts";
import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { DatabaseFirewallRule } from "#lib/inventory/azure/databases.kinds.ts";

type Guarded = { publicNetworkAccess?: string; firewallRules?: DatabaseFirewallRule[] };

/** Rules count only while the server has a public endpoint. */
const isClosed = ({ publicNetworkAccess }: Guarded) =>
  publicNetworkAccess !== undefined && publicNetworkAccess !== "Enabled";

/** By this range Azure means itself. */
const isAzure = ({ start, end }: DatabaseFirewallRule) => start === "0.0.0.0" && end === "0.0.0.0";

/** Whether rules let in, alone or together, so much of the internet that no one network is meant. */
export function judgeInternetRules(server: Guarded): Verdict {
  if (isClosed(server)) return pass();
  const { firewallRules: rules, publicNetworkAccess } = server;
  if (!rules) return unknown("firewall rules");
  const ranges = rules.map((rule) => (isAzure(rule) ? [] : rangesOf(rule)));
  const alone = ranges.flatMap((range, index) => (coversInternet("ipv4", range) ? [index] : []));
  const together = ranges.flatMap((range, index) => (range.length ? [index] : []));
  const open = alone.length
    ? alone
    : coversInternet(
          "ipv4",
          ranges.reduce<Ranges>((sum, range) => union(sum, range), []),
        )
      ? together
      : [];
  if (!open.length) return pass();
  if (publicNetworkAccess === undefined) return unknown("public network access");
  const said = open.slice(0, 3).flatMap((index) => named(rules[index]) ?? []);
  const more = open.length > 3 ? ` and ${open.length - 3} more` : "";
  return fail(
    `${open.length === 1 ? "Rule" : "Rules"} ${said.join(", ")}${more} ${open.length === 1 ? "lets" : "let"} the internet in.`,
    ...open.map((index) => `/firewallRules/${index}`),
  );
}

/** Whether every machine of Azure, other customers' among them, is let in. */
export function judgeAzureRule(server: Guarded): Verdict {
  if (isClosed(server)) return pass();
  const { firewallRules: rules, publicNetworkAccess } = server;
  if (!rules) return unknown("firewall rules");
  const index = rules.findIndex(isAzure);
  if (index === -1) return pass();
  if (publicNetworkAccess === undefined) return unknown("public network access");
  return fail(`Rule ${rules[index]?.name} lets all of Azure in.`, `/firewallRules/${index}`);
}

export function judgePublicAccess({ publicNetworkAccess }: Guarded): Verdict {
  if (publicNetworkAccess === undefined) return unknown("public network access");
  return publicNetworkAccess === "Enabled"
    ? fail("The server has a public endpoint.", "/publicNetworkAccess")
    : pass();
}

const named = (rule: DatabaseFirewallRule | undefined) =>
  rule && `${rule.name} (${rule.start} to ${rule.end})`;

function rangesOf({ start, end }: DatabaseFirewallRule): Ranges {
  const [first] = rangeOf(`${start}/32`);
  const [last] = rangeOf(`${end}/32`);
  return first && last && first[0] <= last[0] ? [[first[0], last[0]]] : [];
}
