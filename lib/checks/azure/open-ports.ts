import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { SecurityRule } from "#lib/inventory/azure/network.kinds.ts";
import { type Exposure, findExposure } from "./network-exposure.ts";
import { describePorts, type PortRange, portRangesOf } from "./port-ranges.ts";

type Protocol = "tcp" | "udp";

/** The verdict on single ports of a network security group: closed to the internet in every one of the protocols. */
export function judgePorts(
  inbound: readonly SecurityRule[] | undefined,
  ports: readonly number[],
  protocols: readonly Protocol[],
): Verdict {
  if (!inbound) return unknown("inbound rules");
  const exposures = ports.flatMap((port) =>
    protocols.map((protocol) => findExposure(inbound, protocol, [port, port])),
  );
  const open = exposures.filter((exposure) => exposure.ports.length);
  if (!open.length) return exposures.every(({ isWhole }) => isWhole) ? pass() : tooEntangled;
  const numbers = ports.filter((port) =>
    open.some((exposure) => exposure.ports.some(([from]) => from === port)),
  );
  return failFor(
    inbound,
    open,
    numbers.length === 1 ? `Port ${numbers[0]} is` : `Ports ${list(numbers.map(String))} are`,
  );
}

/** The verdict where nothing was found open, and not all was looked at. */
export const tooEntangled: Verdict = unknown("what so many entangled rules let in");

/** @param subject What is open, with its verb, such as `Port 22 is`. */
export function failFor(
  inbound: readonly SecurityRule[],
  exposures: readonly Exposure[],
  subject: string,
): Verdict {
  const indexes = [...new Set(exposures.flatMap(({ rules }) => rules))].sort((a, b) => a - b);
  const rules = indexes.flatMap((index) => inbound[index] ?? []);
  // Where a rule is for IPv6 alone, its source says so; here a deny has closed IPv4.
  const onlyIpv6 = exposures.every(({ families }) => !families.includes("ipv4"));
  const over =
    onlyIpv6 && !rules.every(({ sources }) => sources.every((source) => source.includes(":")))
      ? " over IPv6"
      : "";
  return fail(
    `${subject} open to the internet${over} by ${describeRules(rules)}.`,
    ...indexes.map((index) => `/inbound/${index}`),
  );
}

/** Such as `rule allow-ssh (tcp 22 from *)`. */
function describeRules(rules: readonly SecurityRule[]): string {
  const described = rules.map((rule) => {
    const protocol = rule.protocol === "*" ? "any protocol" : rule.protocol;
    return `${rule.name} (${protocol} ${portsOf(rule)} from ${list(rule.sources)})`;
  });
  return `${described.length === 1 ? "rule" : "rules"} ${list(described)}`;
}

const portsOf = ({ destinationPorts }: SecurityRule): string =>
  destinationPorts.includes("*") ? "on every port" : list(describePorts(portRangesOf(destinationPorts)));

function list(items: readonly string[]): string {
  const shown = items.length > 4 ? [...items.slice(0, 3), `${items.length - 3} more`] : items;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Port 0 is not in use, so 1-65535 is everything. */
export const usablePorts: PortRange = [1, 65_535];
