import { judgePort } from "#lib/checks/aws/open-ingress.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const securityGroupSsh = defineCheck({
  id: "aws.ec2.security-group-ssh",
  title: "Security group keeps SSH (port 22) closed to the internet",
  severity: "high",
  resource: "aws.ec2.security-group",
  context: ["aws.ec2.prefix-list"],
  permissions: [
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeManagedPrefixLists",
    "ec2:GetManagedPrefixListEntries",
  ],
  risk: "SSH on the internet is found by scanners within minutes and tried with stolen and guessed credentials. One weak key or one flaw in the daemon is then a shell inside the network.",
  remediation: {
    text: "Allow SSH only from known networks, or do without the port by using Session Manager or EC2 Instance Connect Endpoint.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html",
    console: [
      "Open the security group in the VPC console.",
      "Inbound rules, Edit inbound rules.",
      "Delete the rule, or replace its source by the addresses that need it, then Save rules.",
    ],
    cli: "aws ec2 revoke-security-group-ingress --region {region} --group-id {id} --protocol tcp --port 22 --cidr 0.0.0.0/0",
    terraform: `resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = "{id}"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "203.0.113.0/24" # the network that needs it
}`,
  },
  evaluate: (group, { resource, related }) => judgePort(group.ingress, 22, ["tcp"], related, resource.region),
});
