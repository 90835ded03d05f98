import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const defaultSecurityGroup = defineCheck({
  id: "aws.ec2.default-security-group",
  title: "Default security group has no rules",
  severity: "medium",
  resource: "aws.ec2.security-group",
  permissions: ["ec2:DescribeSecurityGroups"],
  risk: "What is launched without naming a group lands in the default one, and its rules then apply without anyone having chosen them. Left as made, it lets all its members reach each other and the internet.",
  remediation: {
    text: "Give each resource a group of its own, then delete every inbound and outbound rule of the default group.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    console: [
      "Open the default group in the VPC console and see which network interfaces use it.",
      "Move those to groups made for them.",
      "Delete all inbound and all outbound rules, then Save rules.",
    ],
    cli: "aws ec2 revoke-security-group-ingress --region {region} --group-id {id} --security-group-rule-ids RULE_IDS && aws ec2 revoke-security-group-egress --region {region} --group-id {id} --security-group-rule-ids RULE_IDS",
    terraform: `resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id # no ingress and no egress: all rules are removed
}`,
  },
  evaluate: ({ isDefault, ingress, egress }) => {
    if (!isDefault) return pass();
    const inbound = ingress?.length ?? 0;
    const outbound = egress?.length ?? 0;
    if (inbound || outbound)
      return fail(
        `The default group has ${count(inbound, "inbound")} and ${count(outbound, "outbound")}.`,
        ...(inbound ? ["/ingress"] : []),
        ...(outbound ? ["/egress"] : []),
      );
    if (!ingress) return unknown("inbound rules");
    return egress ? pass() : unknown("outbound rules");
  },
});

const count = (n: number, direction: string) => `${n} ${direction} ${n === 1 ? "rule" : "rules"}`;
