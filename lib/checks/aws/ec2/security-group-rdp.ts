import { judgePort } from "#lib/checks/aws/open-ingress.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const securityGroupRdp = defineCheck({
  id: "aws.ec2.security-group-rdp",
  title: "Security group keeps Remote Desktop (port 3389) closed to the internet",
  severity: "high",
  resource: "aws.ec2.security-group",
  context: ["aws.ec2.prefix-list"],
  permissions: [
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeManagedPrefixLists",
    "ec2:GetManagedPrefixListEntries",
  ],
  risk: "Remote Desktop on the internet is a common way in for ransomware, through guessed passwords and flaws that need no login. Whoever gets in sits at a full desktop inside the network.",
  remediation: {
    text: "Allow Remote Desktop only from known networks, or reach instances through Fleet Manager and close the port.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/WindowsGuide/ec2-windows-security-best-practices.html",
    console: [
      "Open the security group in the VPC console.",
      "Inbound rules, Edit inbound rules.",
      "Delete the rule, or replace its source by the addresses that need it, then Save rules.",
    ],
    cli: "aws ec2 revoke-security-group-ingress --region {region} --group-id {id} --protocol tcp --port 3389 --cidr 0.0.0.0/0",
    terraform: `resource "aws_vpc_security_group_ingress_rule" "rdp" {
  security_group_id = "{id}"
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = "203.0.113.0/24" # the network that needs it
}`,
  },
  evaluate: (group, { resource, related }) =>
    judgePort(group.ingress, 3389, ["tcp", "udp"], related, resource.region),
});
