import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceImdsv2 = defineCheck({
  id: "aws.ec2.instance-imdsv2",
  title: "EC2 instance requires IMDSv2",
  severity: "high",
  resource: "aws.ec2.instance",
  permissions: ["ec2:DescribeInstances"],
  risk: "With version 1 of the metadata service, a web application that can be made to fetch a URL hands out the instance role's keys. Version 2 asks for a session token that such a request can't supply.",
  remediation: {
    text: "Require session tokens on the instance, after checking that its software uses an SDK from 2020 or later.",
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    console: [
      "Select the instance in the EC2 console.",
      "Actions, Instance settings, Modify instance metadata options.",
      "Set IMDSv2 to Required, then Save.",
    ],
    cli: "aws ec2 modify-instance-metadata-options --region {region} --instance-id {id} --http-tokens required --http-endpoint enabled",
    terraform: `resource "aws_instance" "this" {
  # …
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}`,
  },
  evaluate: ({ metadata }) => {
    if (!metadata) return unknown("metadata options");
    if (metadata.endpoint === "disabled" || metadata.tokens === "required") return pass();
    return fail(
      "The metadata service answers version 1, as session tokens are optional.",
      "/metadata/tokens",
    );
  },
});
