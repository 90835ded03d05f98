import { recordsS3Objects } from "#lib/checks/aws/event-selectors.ts";
import { judgeTrails } from "#lib/checks/aws/trails.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const s3ReadEvents = defineCheck({
  id: "aws.cloudtrail.s3-read-events",
  title: "CloudTrail records object reads in S3",
  severity: "low",
  resource: "aws.account",
  context: ["aws.cloudtrail.trail"],
  permissions: ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"],
  risk: "Without data events, nobody can tell which objects an intruder downloaded, and every one counts as lost. Management events show buckets, not what happens to their contents.",
  remediation: {
    text: "Add S3 data events for reads in all buckets to a multi-region trail; they cost per event.",
    url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html",
    console: [
      "Open the multi-region trail in the CloudTrail console, Data events, Edit.",
      "Data event type S3; log selector template Log all events, or Log readOnly events.",
      "Save changes.",
    ],
    cli: 'aws cloudtrail put-event-selectors --trail-name TRAIL --event-selectors \'[{"ReadWriteType":"ReadOnly","IncludeManagementEvents":false,"DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]\'  # replaces the selectors it has: add those to the list',
    terraform: `resource "aws_cloudtrail" "all_regions" {
  # …
  event_selector {
    read_write_type           = "All"
    include_management_events = true
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}`,
  },
  evaluate: (_account, { related }) =>
    judgeTrails(related, "No multi-region trail records reads of all S3 objects", ({ eventSelectors }) =>
      eventSelectors === undefined
        ? undefined
        : recordsS3Objects(eventSelectors, "read") || "leaves out reads of S3 objects",
    ),
});
