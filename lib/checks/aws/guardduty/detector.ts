import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const detector = defineCheck({
  id: "aws.guardduty.detector",
  title: "GuardDuty is on",
  severity: "medium",
  resource: "aws.guardduty.region",
  permissions: ["guardduty:ListDetectors", "guardduty:GetDetector"],
  risk: "GuardDuty reads the logs that nobody reads, and tells of stolen keys, mining and contact with known attackers. In a region where it is off, that goes unseen, and attackers prefer such regions.",
  remediation: {
    text: "Turn on GuardDuty in every region, best for the whole organization from its delegated administrator.",
    url: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html",
    console: [
      "Open GuardDuty in region {region}.",
      "Get started, or Settings where it is suspended.",
      "Enable GuardDuty.",
    ],
    cli: "aws guardduty create-detector --region {region} --enable",
    terraform: `resource "aws_guardduty_detector" "this" {
  enable = true
}`,
  },
  evaluate: ({ detector: found }) => {
    if (found === undefined) return unknown("GuardDuty detector");
    if (found === null) return fail("GuardDuty has no detector in this region.", "/detector");
    return found.enabled ? pass() : fail("GuardDuty is suspended in this region.", "/detector/enabled");
  },
});
