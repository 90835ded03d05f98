import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const securityhubHub = defineCheck({
  id: "aws.securityhub.hub",
  title: "Security Hub is on",
  severity: "medium",
  resource: "aws.securityhub.region",
  permissions: ["securityhub:DescribeHub"],
  risk: "Security Hub gathers what GuardDuty, Inspector, Macie and its own controls find, and watches for it without a pause. In a region where it is off, findings stay scattered over services that nobody opens.",
  remediation: {
    text: "Turn on Security Hub CSPM in every region, best for the whole organization by central configuration. Its controls rely on AWS Config.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-settingup.html",
    console: [
      "Turn on AWS Config in region {region}.",
      "Open Security Hub CSPM there, Go to Security Hub CSPM.",
      "Choose the standards to check, and enable it.",
    ],
    cli: "aws securityhub enable-security-hub --region {region} --enable-default-standards",
    terraform: `resource "aws_securityhub_account" "this" {
  enable_default_standards = true
}`,
  },
  evaluate: ({ hub }) => {
    if (hub === undefined) return unknown("Security Hub");
    return hub === null ? fail("Security Hub is off in this region.", "/hub") : pass();
  },
});
