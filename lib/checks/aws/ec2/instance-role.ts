import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceRole = defineCheck({
  id: "aws.ec2.instance-role",
  title: "EC2 instance has an instance role",
  severity: "low",
  resource: "aws.ec2.instance",
  permissions: ["ec2:DescribeInstances"],
  risk: "Software on an instance without a role needs long-lived keys to call AWS, and these end up in files, images and repositories. A role's keys change by themselves every few hours.",
  remediation: {
    text: "Attach an instance profile whose role has just the permissions that the software on the instance needs.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
    console: [
      "Select the instance in the EC2 console.",
      "Actions, Security, Modify IAM role.",
      "Choose a role made for it, then Update IAM role.",
    ],
    cli: "aws ec2 associate-iam-instance-profile --region {region} --instance-id {id} --iam-instance-profile Name=PROFILE_NAME",
    terraform: `resource "aws_instance" "this" {
  # …
  iam_instance_profile = aws_iam_instance_profile.this.name
}`,
  },
  evaluate: ({ instanceProfileArn }) =>
    instanceProfileArn === undefined
      ? unknown("instance profile")
      : instanceProfileArn
        ? pass()
        : fail("No instance profile is attached.", "/instanceProfileArn"),
});
