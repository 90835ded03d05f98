import { expandPermissions, type Rule } from "#sandbox/aws/handlers/ec2/rules.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { arnOf, makeId, type Site, type Tags, toTags } from "./site.ts";

/** Protocol, port or ports, a CIDR, `pl-…` or `sg-…`, and what for; `self` is the group itself. */
export type RuleSpec = readonly [
  protocol: "tcp" | "udp" | "icmp" | "-1",
  ports: number | readonly [from: number, to: number] | null,
  peer: string,
  description?: string,
];

export type GroupSpec = {
  name: string;
  description: string;
  ingress: readonly RuleSpec[];
  /** Anything to anywhere when left out. */
  egress?: readonly RuleSpec[];
  tags?: Tags;
};

export type GroupRef = { GroupId: string; GroupName: string };

const openEgress: readonly RuleSpec[] = [["-1", null, "0.0.0.0/0"]];

export function addSecurityGroup(site: Site, vpcId: string, spec: GroupSpec): GroupRef {
  const GroupId = makeId(site, "sg");
  const rules = [
    ...spec.ingress.flatMap((rule) => makeRule(site, GroupId, rule, false)),
    ...(spec.egress ?? openEgress).flatMap((rule) => makeRule(site, GroupId, rule, true)),
  ];
  ec2State(site.account, site.region).groups.set(GroupId, {
    group: {
      GroupId,
      GroupName: spec.name,
      Description: spec.description,
      OwnerId: site.account.id,
      VpcId: vpcId,
      SecurityGroupArn: arnOf(site, "ec2", `security-group/${GroupId}`),
      Tags: toTags(spec.tags ?? {}),
    },
    rules,
  });
  return { GroupId, GroupName: spec.name };
}

function makeRule(site: Site, groupId: string, spec: RuleSpec, isEgress: boolean): Rule[] {
  const [IpProtocol, ports, peer, Description] = spec;
  const [FromPort, ToPort] = typeof ports === "number" ? [ports, ports] : (ports ?? []);
  const owner = { groupId, account: site.account.id, isEgress };
  const permission = { IpProtocol, FromPort, ToPort, ...toPeer(peer, groupId, Description) };
  return expandPermissions([permission], owner).map((rule) => ({
    ...rule,
    SecurityGroupRuleId: makeId(site, "sgr"),
  }));
}

function toPeer(peer: string, self: string, Description: string | undefined) {
  if (peer === "self") return { UserIdGroupPairs: [{ GroupId: self, Description }] };
  if (peer.startsWith("sg-")) return { UserIdGroupPairs: [{ GroupId: peer, Description }] };
  if (peer.startsWith("pl-")) return { PrefixListIds: [{ PrefixListId: peer, Description }] };
  if (peer.includes(":")) return { Ipv6Ranges: [{ CidrIpv6: peer, Description }] };
  return { IpRanges: [{ CidrIp: peer, Description }] };
}
