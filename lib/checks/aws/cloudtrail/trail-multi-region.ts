import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const trailMultiRegion = defineCheck({
  id: "aws.cloudtrail.trail-multi-region",
  title: "Trail covers every region",
  severity: "low",
  resource: "aws.cloudtrail.trail",
  permissions: ["cloudtrail:DescribeTrails"],
  risk: "A trail of one region sees nothing of what happens in the others, and attackers like regions that nobody uses. A trail for all regions covers new ones by itself.",
  remediation: {
    text: "Make the trail a multi-region trail.",
    url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html",
    console: [
      "Trails made in the console cover every region: a single-region trail can be changed on the command line alone.",
      "Run the command below, or replace the trail by a new one.",
    ],
    cli: "aws cloudtrail update-trail --region {region} --name {name} --is-multi-region-trail",
    terraform: `resource "aws_cloudtrail" "this" {
  # …
  is_multi_region_trail = true
}`,
  },
  evaluate: ({ isMultiRegion, homeRegion }) =>
    isMultiRegion === undefined
      ? unknown("whether the trail covers every region")
      : isMultiRegion
        ? pass()
        : fail(`The trail covers ${homeRegion} alone.`, "/isMultiRegion"),
});
