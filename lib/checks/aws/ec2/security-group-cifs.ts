import { judgePort } from "#lib/checks/aws/open-ingress.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const securityGroupCifs = defineCheck({
  id: "aws.ec2.security-group-cifs",
  title: "Security group keeps CIFS (port 445) closed to the internet",
  severity: "high",
  resource: "aws.ec2.security-group",
  context: ["aws.ec2.prefix-list"],
  permissions: [
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeManagedPrefixLists",
    "ec2:GetManagedPrefixListEntries",
  ],
  risk: "Windows file sharing was made for local networks, and worms such as WannaCry spread through exactly this port. Open to the internet, it invites both data theft and takeover.",
  remediation: {
    text: "Allow file sharing only from the networks that mount the share, and reach it over a VPN from elsewhere.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    console: [
      "Open the security group in the VPC console.",
      "Inbound rules, Edit inbound rules.",
      "Delete the rule, or replace its source by the addresses that need it, then Save rules.",
    ],
    cli: "aws ec2 revoke-security-group-ingress --region {region} --group-id {id} --protocol tcp --port 445 --cidr 0.0.0.0/0",
    terraform: `resource "aws_vpc_security_group_ingress_rule" "cifs" {
  security_group_id = "{id}"
  ip_protocol       = "tcp"
  from_port         = 445
  to_port           = 445
  cidr_ipv4         = "203.0.113.0/24" # the network that needs it
}`,
  },
  evaluate: (group, { resource, related }) =>
    judgePort(group.ingress, 445, ["tcp"], related, resource.region),
});
