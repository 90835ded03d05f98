import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const trailLogValidation = defineCheck({
  id: "aws.cloudtrail.trail-log-validation",
  title: "Trail signs its log files",
  severity: "low",
  resource: "aws.cloudtrail.trail",
  permissions: ["cloudtrail:DescribeTrails"],
  risk: "Without digests, an intruder can edit the log files to remove their traces and nobody can tell. With them, every change and gap shows.",
  remediation: {
    text: "Turn on log file validation.",
    url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
    console: [
      "Open the trail in the CloudTrail console.",
      "General details, Edit.",
      "Log file validation: Enabled, then Save changes.",
    ],
    cli: "aws cloudtrail update-trail --region {region} --name {name} --enable-log-file-validation",
    terraform: `resource "aws_cloudtrail" "this" {
  # …
  enable_log_file_validation = true
}`,
  },
  evaluate: ({ logFileValidation }) =>
    logFileValidation === undefined
      ? unknown("log file validation")
      : logFileValidation
        ? pass()
        : fail("Log file validation is off.", "/logFileValidation"),
});
