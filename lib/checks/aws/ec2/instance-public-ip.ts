import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instancePublicIp = defineCheck({
  id: "aws.ec2.instance-public-ip",
  title: "EC2 instance has no public IPv4 address",
  severity: "medium",
  resource: "aws.ec2.instance",
  permissions: ["ec2:DescribeInstances"],
  risk: "A public address makes every port that a security group opens, now or by mistake later, reachable from anywhere. Machines behind a load balancer or a NAT gateway need none.",
  remediation: {
    text: "Run the instance in a private subnet behind a load balancer, and reach it through Session Manager.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
    console: [
      "If the address is an Elastic IP: open Elastic IPs in the EC2 console, choose it and Disassociate.",
      "Otherwise open the instance's network interface, Manage IP addresses, and turn off auto-assign public IP.",
      "Publish its service through a load balancer instead.",
    ],
    cli: "aws ec2 modify-network-interface-attribute --region {region} --network-interface-id ENI_ID --no-associate-public-ip-address",
    terraform: `resource "aws_instance" "this" {
  # …
  subnet_id                   = aws_subnet.private.id
  associate_public_ip_address = false
}`,
  },
  evaluate: ({ publicIps }) =>
    publicIps === undefined
      ? unknown("public addresses")
      : publicIps.length === 0
        ? pass()
        : fail(
            `The instance has the public ${publicIps.length === 1 ? "address" : "addresses"} ${publicIps.join(", ")}.`,
            "/publicIps",
          ),
});
