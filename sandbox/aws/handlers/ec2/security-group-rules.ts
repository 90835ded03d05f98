import type { IpPermission, RevokedSecurityGroupRule } from "@aws-sdk/client-ec2";
import { AwsError, type Call } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { findGroup } from "./find.ts";
import { collectPermissions, expandPermissions, isSameRule, type Rule } from "./rules.ts";
import { ec2, type GroupState, tagsFor } from "./state.ts";

type RuleRequest = {
  GroupId?: string;
  GroupName?: string;
  IpPermissions?: IpPermission[];
  SecurityGroupRuleIds?: string[];
  IpProtocol?: string;
  FromPort?: number;
  ToPort?: number;
  CidrIp?: string;
};

/** Opening and closing security groups. */
export const securityGroupRuleHandlers = {
  AuthorizeSecurityGroupIngress: (input, call) => authorize(input, call, false),
  AuthorizeSecurityGroupEgress: (input, call) => authorize(input, call, true),
  RevokeSecurityGroupIngress: (input, call) => revoke(input, call, false),
  RevokeSecurityGroupEgress: (input, call) => revoke(input, call, true),
  UpdateSecurityGroupRuleDescriptionsIngress: (input, call) => describeRules(input, call, false),
  UpdateSecurityGroupRuleDescriptionsEgress: (input, call) => describeRules(input, call, true),
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

function authorize(
  input: RuleRequest & { TagSpecifications?: Parameters<typeof tagsFor>[0] },
  call: Call,
  isEgress: boolean,
) {
  const state = findGroup(ec2(call), input);
  const added = readRules(input, state, call, isEgress);
  if (added.some((rule, index) => added.slice(0, index).some((other) => isSameRule(rule, other)))) {
    throw new AwsError("InvalidParameterValue", "The same permission must not appear multiple times");
  }
  for (const { Description = "" } of added) requireDescription(Description);
  const known = added.find((rule) => state.rules.some((other) => isSameRule(rule, other)));
  if (known) {
    throw new AwsError(
      "InvalidPermission.Duplicate",
      `the specified rule "${peerOf(known)}, ${known.IpProtocol}, ALLOW" already exists`,
    );
  }
  if (state.rules.filter((rule) => rule.IsEgress === isEgress).length + added.length > mostRules) {
    throw new AwsError(
      "RulesPerSecurityGroupLimitExceeded",
      "The maximum number of rules per security group has been reached.",
    );
  }
  const Tags = tagsFor(input.TagSpecifications, "security-group-rule");
  state.rules.push(...added.map((rule) => ({ ...rule, Tags })));
  return { Return: true, SecurityGroupRules: state.rules.slice(-added.length) };
}

/** Unless AWS raises it; each direction counts by itself. */
const mostRules = 60;

function requireDescription(description: string): void {
  if (/^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]{0,255}$/.test(description)) return;
  throw new AwsError(
    "InvalidParameterValue",
    "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
  );
}

function revoke(input: RuleRequest, call: Call, isEgress: boolean) {
  const ec2OfRegion = ec2(call);
  const state = findGroup(ec2OfRegion, input);
  const wanted = input.SecurityGroupRuleIds?.length
    ? findRules(input.SecurityGroupRuleIds, state, isEgress)
    : readRules(input, state, call, isEgress);
  const revoked = state.rules.filter((rule) => wanted.some((other) => isSameRule(rule, other)));
  const unmatched = wanted.filter((rule) => !revoked.some((other) => isSameRule(rule, other)));
  // Outside a default VPC one unknown rule spoils the whole request.
  if (unmatched.length > 0 && !ec2OfRegion.vpcs.get(state.group.VpcId ?? "")?.IsDefault) {
    throw new AwsError(
      "InvalidPermission.NotFound",
      "The specified rule does not exist in this security group.",
    );
  }
  const gone = new Set(revoked);
  state.rules = state.rules.filter((rule) => !gone.has(rule));
  return {
    Return: true,
    UnknownIpPermissions: collectPermissions(unmatched, isEgress),
    RevokedSecurityGroupRules: revoked.map(describeRevoked),
  };
}

function describeRules(
  input: RuleRequest & {
    SecurityGroupRuleDescriptions?: { SecurityGroupRuleId?: string; Description?: string }[];
  },
  call: Call,
  isEgress: boolean,
) {
  const state = findGroup(ec2(call), input);
  for (const wanted of input.SecurityGroupRuleDescriptions ?? []) {
    for (const rule of findRules([wanted.SecurityGroupRuleId ?? ""], state, isEgress)) {
      rule.Description = wanted.Description;
    }
  }
  for (const wanted of readRules(input, state, call, isEgress)) {
    const rule = state.rules.find((one) => isSameRule(one, wanted));
    if (!rule) {
      throw new AwsError(
        "InvalidPermission.NotFound",
        "The specified rule does not exist in this security group.",
      );
    }
    rule.Description = wanted.Description;
  }
  return { Return: true };
}

/** The rules of a request in either of EC2's two notations. */
function readRules(input: RuleRequest, { group }: GroupState, call: Call, isEgress: boolean): Rule[] {
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  const permissions =
    input.IpPermissions ??
    (IpProtocol ? [{ IpProtocol, FromPort, ToPort, IpRanges: CidrIp ? [{ CidrIp }] : [] }] : []);
  return expandPermissions(permissions, { groupId: group.GroupId, account: call.account, isEgress });
}

function findRules(ids: string[], state: GroupState, isEgress: boolean): Rule[] {
  return ids.map((id) => {
    const rule = state.rules.find((one) => one.SecurityGroupRuleId === id && one.IsEgress === isEgress);
    if (rule) return rule;
    throw new AwsError(
      "InvalidSecurityGroupRuleId.NotFound",
      `The security group rule ID '${id}' does not exist`,
    );
  });
}

function peerOf(rule: Rule): string {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = rule;
  return `peer: ${CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId}`;
}

function describeRevoked({
  ReferencedGroupInfo,
  GroupOwnerId: _,
  Tags: __,
  ...rule
}: Rule): RevokedSecurityGroupRule {
  return ReferencedGroupInfo ? { ...rule, ReferencedGroupId: ReferencedGroupInfo.GroupId } : rule;
}
