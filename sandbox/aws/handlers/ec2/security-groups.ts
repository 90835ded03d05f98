import type { SecurityGroup } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { type Describing, describeItems } from "./describe.ts";
import { findGroup } from "./find.ts";
import { collectPermissions, type Rule } from "./rules.ts";
import { type Ec2State, ec2, type GroupState, newId, tagsFor } from "./state.ts";

const ofRules =
  (isEgress: boolean, read: (rule: Rule) => string | number | undefined) => (state: GroupState) =>
    state.rules.filter((rule) => rule.IsEgress === isEgress).map((rule) => read(rule)?.toString());

function ruleFilters(prefix: string, isEgress: boolean) {
  return {
    [`${prefix}.cidr`]: ofRules(isEgress, (rule) => rule.CidrIpv4),
    [`${prefix}.ipv6-cidr`]: ofRules(isEgress, (rule) => rule.CidrIpv6),
    [`${prefix}.from-port`]: ofRules(isEgress, (rule) => rule.FromPort),
    [`${prefix}.to-port`]: ofRules(isEgress, (rule) => rule.ToPort),
    [`${prefix}.protocol`]: ofRules(isEgress, (rule) => rule.IpProtocol),
    [`${prefix}.prefix-list-id`]: ofRules(isEgress, (rule) => rule.PrefixListId),
    [`${prefix}.group-id`]: ofRules(isEgress, (rule) => rule.ReferencedGroupInfo?.GroupId),
  };
}

const groups: Describing<GroupState> = {
  id: ({ group }) => group.GroupId,
  tags: ({ group }) => group.Tags,
  notFound: ["InvalidGroup.NotFound", "security group"],
  filters: {
    "group-id": ({ group }) => group.GroupId,
    "group-name": ({ group }) => group.GroupName,
    description: ({ group }) => group.Description,
    "owner-id": ({ group }) => group.OwnerId,
    "vpc-id": ({ group }) => group.VpcId,
    ...ruleFilters("ip-permission", false),
    ...ruleFilters("egress.ip-permission", true),
  },
};

const rules: Describing<Rule> = {
  id: (rule) => rule.SecurityGroupRuleId,
  tags: (rule) => rule.Tags,
  notFound: ["InvalidSecurityGroupRuleId.NotFound", "security group rule ID"],
  filters: {
    "group-id": (rule) => rule.GroupId,
    "security-group-rule-id": (rule) => rule.SecurityGroupRuleId,
  },
};

/** Security groups as a whole; their rules are changed in `security-group-rules.ts`. */
export const securityGroupHandlers = {
  DescribeSecurityGroups: (input, call) => {
    const named = input.GroupNames?.length ? new Set(input.GroupNames) : null;
    const candidates = [...ec2(call).groups.values()].filter(
      ({ group }) => !named || named.has(group.GroupName),
    );
    const page = describeItems(candidates, input, input.GroupIds, groups);
    return { SecurityGroups: page.items.map(describeGroup), NextToken: page.next };
  },
  DescribeSecurityGroupRules: (input, call) => {
    const all = [...ec2(call).groups.values()].flatMap((state) => state.rules);
    const page = describeItems(all, input, input.SecurityGroupRuleIds, rules);
    return { SecurityGroupRules: page.items, NextToken: page.next };
  },

  CreateSecurityGroup: (input, call) => {
    const state = ec2(call);
    const vpc = [...state.vpcs.values()].find((one) =>
      input.VpcId ? one.VpcId === input.VpcId : one.IsDefault,
    );
    if (!vpc) throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${input.VpcId}' does not exist`);
    const GroupName = input.GroupName ?? "";
    if (
      [...state.groups.values()].some(
        ({ group }) => group.VpcId === vpc.VpcId && group.GroupName === GroupName,
      )
    ) {
      throw new AwsError(
        "InvalidGroup.Duplicate",
        `The security group '${GroupName}' already exists for VPC '${vpc.VpcId}'`,
      );
    }
    const GroupId = newId("sg");
    const SecurityGroupArn = `arn:aws:ec2:${call.region}:${call.account}:security-group/${GroupId}`;
    const Tags = tagsFor(input.TagSpecifications, "security-group");
    state.groups.set(GroupId, {
      group: {
        GroupId,
        GroupName,
        Description: input.Description,
        VpcId: vpc.VpcId,
        OwnerId: call.account,
        SecurityGroupArn,
        Tags,
      },
      rules: [
        {
          SecurityGroupRuleId: newId("sgr"),
          GroupId,
          GroupOwnerId: call.account,
          IsEgress: true,
          IpProtocol: "-1",
          FromPort: -1,
          ToPort: -1,
          CidrIpv4: "0.0.0.0/0",
        },
      ],
    });
    return { GroupId, SecurityGroupArn, Tags };
  },

  DeleteSecurityGroup: (input, call) => {
    const state = ec2(call);
    const { group } = findGroup(state, input);
    if (group.GroupName === "default") {
      throw new AwsError(
        "CannotDelete",
        `the specified group: "${group.GroupId}" name: "default" cannot be deleted by a user`,
      );
    }
    if (isInUse(state, group.GroupId)) {
      throw new AwsError("DependencyViolation", `resource ${group.GroupId} has a dependent object`);
    }
    state.groups.delete(group.GroupId);
    return { Return: true, GroupId: group.GroupId };
  },
} satisfies Operations<typeof import("@aws-sdk/client-ec2")>;

export function describeGroup({ group, rules }: GroupState): SecurityGroup {
  return {
    ...group,
    IpPermissions: collectPermissions(rules, false),
    IpPermissionsEgress: collectPermissions(rules, true),
  };
}

function isInUse(state: Ec2State, groupId: string): boolean {
  const isReferenced = [...state.groups.values()].some(
    ({ group, rules }) =>
      group.GroupId !== groupId && rules.some((rule) => rule.ReferencedGroupInfo?.GroupId === groupId),
  );
  const isAttached = [...state.instances.values()].some(
    ({ instance }) =>
      instance.State.Name !== "terminated" &&
      instance.SecurityGroups?.some((group) => group.GroupId === groupId),
  );
  const isOnInterface = [...state.interfaces.values()].some((one) =>
    one.Groups?.some((group) => group.GroupId === groupId),
  );
  return isReferenced || isAttached || isOnInterface;
}
