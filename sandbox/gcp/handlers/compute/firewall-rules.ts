import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import ipaddr from "ipaddr.js";
import { type GcpCall, GcpError } from "../../model.ts";
import { linkTo } from "./state.ts";

type Rule = compute_v1.Schema$Firewall;

const invalid = (field: string, value: unknown, why: string) =>
  new GcpError(
    "INVALID_ARGUMENT",
    `Invalid value for field 'resource.${field}': '${String(value)}'. ${why}`,
    {
      reason: "invalid",
    },
  );

/** What Google adds to a firewall rule that says little. */
export function filledFirewall({ project }: Pick<GcpCall, "project">, body: GcpCall["body"]): object {
  const isIngress = (body.direction ?? "INGRESS") === "INGRESS";
  const hasSource = ["sourceRanges", "sourceTags", "sourceServiceAccounts"].some(
    (field) => Array.isArray(body[field]) && body[field].length > 0,
  );
  const network = String(body.network ?? "default")
    .split("/")
    .at(-1);
  return {
    priority: 1000,
    direction: "INGRESS",
    disabled: false,
    logConfig: { enable: false },
    ...body,
    ...(isIngress && !hasSource ? { sourceRanges: ["0.0.0.0/0"] } : {}),
    network: linkTo(project, `global/networks/${network}`),
  };
}

/** The rules that every firewall rule is held to, whether it is made or changed. */
export function checkFirewall(rule: Rule): void {
  const { allowed = [], denied = [] } = rule;
  const hasBoth = (allowed?.length ?? 0) > 0 && (denied?.length ?? 0) > 0;
  if (hasBoth) throw invalid("denied", "", "Either allowed or denied can be specified, not both.");
  const parts = allowed?.length ? allowed : (denied ?? []);
  if (parts.length === 0) {
    throw new GcpError("INVALID_ARGUMENT", "At least one of fields 'allowed' or 'denied' has to be set.", {
      reason: "required",
    });
  }
  for (const part of parts) checkTraffic(part);
  if (!(typeof rule.priority === "number" && rule.priority >= 0 && rule.priority <= 65_535)) {
    throw invalid("priority", rule.priority, "Must be between 0 and 65535.");
  }
  for (const field of ["sourceRanges", "destinationRanges"] as const) {
    for (const range of rule[field] ?? []) checkRange(field, range);
    const families = new Set((rule[field] ?? []).map((range) => range.includes(":")));
    if (families.size > 1) throw invalid(field, rule[field], "IPv4 and IPv6 ranges can't be mixed.");
  }
  const byTag = (rule.sourceTags?.length ?? 0) + (rule.targetTags?.length ?? 0);
  const byAccount = (rule.sourceServiceAccounts?.length ?? 0) + (rule.targetServiceAccounts?.length ?? 0);
  if (byTag > 0 && byAccount > 0) {
    throw invalid("targetTags", rule.targetTags, "Tags and service accounts can't be used in one rule.");
  }
}

function checkTraffic({ IPProtocol, ports }: { IPProtocol?: string; ports?: string[] }): void {
  if (!IPProtocol) throw invalid("allowed[0].IPProtocol", IPProtocol, "It has to be set.");
  if ((ports?.length ?? 0) > 0 && !/^(tcp|udp|sctp|6|17|132)$/.test(IPProtocol)) {
    throw invalid("allowed[0].ports", ports, "Ports may only be specified on rules whose protocol has them.");
  }
  for (const port of ports ?? []) {
    const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(port) ?? [];
    if (from === undefined || Number(from) > Number(to) || Number(to) > 65_535) {
      throw invalid("allowed[0].ports[0]", port, "Must be a port or a range of ports.");
    }
  }
}

/** An address alone is taken for a range of one; what is set behind a range's length is refused. */
function checkRange(field: string, range: string): void {
  const [address = "", length] = range.split("/");
  if (!ipaddr.isValid(address)) throw invalid(field, range, "Must be a CIDR address range.");
  if (length === undefined) return;
  const start = address.includes(":")
    ? ipaddr.IPv6.networkAddressFromCIDR(range)
    : ipaddr.IPv4.networkAddressFromCIDR(range);
  if (start.toString() !== ipaddr.parse(address).toString()) {
    throw invalid(field, range, "Must be a CIDR address range, without bits set behind its length.");
  }
}
