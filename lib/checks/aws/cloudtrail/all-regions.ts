import { recordsManagementEvents } from "#lib/checks/aws/event-selectors.ts";
import { judgeTrails } from "#lib/checks/aws/trails.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const allRegions = defineCheck({
  id: "aws.cloudtrail.all-regions",
  title: "CloudTrail records management events in every region",
  severity: "high",
  resource: "aws.account",
  context: ["aws.cloudtrail.trail"],
  permissions: ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"],
  risk: "Without a trail for all regions, part of what is done in the account leaves no record, and an incident can't be reconstructed. It is among the first things intruders turn off.",
  remediation: {
    text: "Have one multi-region trail that is logging and records both reads and writes of management events.",
    url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-a-trail-using-the-console-first-time.html",
    console: [
      "Trails, Create trail in the CloudTrail console.",
      "Choose a bucket; leave Management events with Read and Write checked.",
      "Create trail.",
    ],
    cli: "aws cloudtrail create-trail --name all-regions --s3-bucket-name BUCKET --is-multi-region-trail && aws cloudtrail start-logging --name all-regions",
    terraform: `resource "aws_cloudtrail" "all_regions" {
  name                  = "all-regions"
  s3_bucket_name        = aws_s3_bucket.trail.id
  is_multi_region_trail = true
}`,
  },
  evaluate: (_account, { related }) =>
    judgeTrails(related, "No trail records management events in every region", ({ eventSelectors }) =>
      eventSelectors === undefined
        ? undefined
        : recordsManagementEvents(eventSelectors) || "leaves out part of the management events",
    ),
});
