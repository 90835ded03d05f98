import { randomBytes } from "node:crypto";
import type { IpPermission, SecurityGroupRule } from "@aws-sdk/client-ec2";
import ipaddr from "ipaddr.js";
import { AwsError } from "../../model.ts";
import type { GroupState } from "./state.ts";

export type Rule = GroupState["rules"][number];
type Owner = { groupId: string; account: string; isEgress: boolean };

/** One rule per peer of each permission. */
export function expandPermissions(permissions: IpPermission[], owner: Owner): Rule[] {
  return permissions.flatMap((permission) => {
    const base = { ...portsOf(permission), GroupId: owner.groupId, GroupOwnerId: owner.account };
    const rule = (peer: Partial<SecurityGroupRule>, description: string | undefined): Rule => ({
      SecurityGroupRuleId: `sgr-0${randomBytes(8).toString("hex")}`,
      IsEgress: owner.isEgress,
      ...base,
      ...peer,
      ...(description === undefined ? {} : { Description: description }),
    });
    return [
      ...(permission.IpRanges ?? []).map((range) =>
        rule({ CidrIpv4: normaliseCidr(range.CidrIp) }, range.Description),
      ),
      ...(permission.Ipv6Ranges ?? []).map((range) =>
        rule({ CidrIpv6: normaliseCidr(range.CidrIpv6) }, range.Description),
      ),
      ...(permission.PrefixListIds ?? []).map((list) =>
        rule({ PrefixListId: list.PrefixListId }, list.Description),
      ),
      ...(permission.UserIdGroupPairs ?? []).map((pair) =>
        rule(
          { ReferencedGroupInfo: { GroupId: pair.GroupId, UserId: pair.UserId ?? owner.account } },
          pair.Description,
        ),
      ),
    ];
  });
}

/** A security group's permissions as EC2 lists them: rules with the same protocol and ports share one. */
export function collectPermissions(rules: Rule[], isEgress: boolean): IpPermission[] {
  const permissions = new Map<
    string,
    Required<Pick<IpPermission, "IpRanges" | "Ipv6Ranges" | "PrefixListIds" | "UserIdGroupPairs">> &
      IpPermission
  >();
  for (const rule of rules) {
    if (rule.IsEgress !== isEgress) continue;
    const key = `${rule.IpProtocol} ${rule.FromPort} ${rule.ToPort}`;
    const permission = permissions.get(key) ?? {
      IpProtocol: rule.IpProtocol,
      ...(rule.IpProtocol === "-1" ? {} : { FromPort: rule.FromPort, ToPort: rule.ToPort }),
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    };
    permissions.set(key, permission);
    const description = rule.Description === undefined ? {} : { Description: rule.Description };
    if (rule.CidrIpv4) permission.IpRanges.push({ CidrIp: rule.CidrIpv4, ...description });
    if (rule.CidrIpv6) permission.Ipv6Ranges.push({ CidrIpv6: rule.CidrIpv6, ...description });
    if (rule.PrefixListId) permission.PrefixListIds.push({ PrefixListId: rule.PrefixListId, ...description });
    if (rule.ReferencedGroupInfo) {
      const { GroupId, UserId } = rule.ReferencedGroupInfo;
      permission.UserIdGroupPairs.push({ GroupId, UserId, ...description });
    }
  }
  return [...permissions.values()];
}

/** Whether two rules allow the same; ids and descriptions don't count. */
export function isSameRule(a: SecurityGroupRule, b: SecurityGroupRule): boolean {
  return ruleKey(a) === ruleKey(b);
}

function ruleKey(rule: SecurityGroupRule): string {
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId;
  return [rule.IsEgress, rule.IpProtocol, rule.FromPort, rule.ToPort, peer].join(" ");
}

const protocolNames: Record<string, string> = {
  "6": "tcp",
  "17": "udp",
  "1": "icmp",
  "58": "icmpv6",
  all: "-1",
};

function portsOf(permission: IpPermission): { IpProtocol: string; FromPort: number; ToPort: number } {
  const given = (permission.IpProtocol ?? "").toLowerCase();
  const protocol = protocolNames[given] ?? given;
  if (!/^(-1|\d{1,3}|tcp|udp|icmp|icmpv6)$/.test(protocol)) {
    throw new AwsError("InvalidParameterValue", `Invalid value '${given}' for IP protocol.`);
  }
  if (protocol === "-1") return { IpProtocol: "-1", FromPort: -1, ToPort: -1 };
  const { FromPort = -1, ToPort = -1 } = permission;
  if ((protocol === "tcp" || protocol === "udp") && (FromPort < 0 || ToPort > 65_535 || FromPort > ToPort)) {
    throw new AwsError("InvalidParameterValue", `Invalid port range ${FromPort}-${ToPort}.`);
  }
  return { IpProtocol: protocol, FromPort, ToPort };
}

/** EC2 keeps a range by its network address: `10.1.2.3/8` becomes `10.0.0.0/8`. */
function normaliseCidr(cidr: string | undefined): string {
  try {
    const [address, bits] = ipaddr.parseCIDR(cidr ?? "");
    const network =
      address.kind() === "ipv4"
        ? ipaddr.IPv4.networkAddressFromCIDR(cidr ?? "")
        : ipaddr.IPv6.networkAddressFromCIDR(cidr ?? "");
    return `${network.toString()}/${bits}`;
  } catch {
    throw new AwsError("InvalidParameterValue", `CIDR block ${cidr} is malformed`);
  }
}
