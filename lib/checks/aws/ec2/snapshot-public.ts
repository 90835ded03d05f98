import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const snapshotPublic = defineCheck({
  id: "aws.ec2.snapshot-public",
  title: "EBS snapshot is not shared with everyone",
  severity: "critical",
  resource: "aws.ec2.snapshot",
  permissions: ["ec2:DescribeSnapshots"],
  risk: "Any AWS customer can copy a public snapshot and read all that was on the disk, deleted files and credentials included. Public snapshots are listed, and people look through them.",
  remediation: {
    text: "Make the snapshot private, and treat what was on the disk as known to others.",
    url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
    console: [
      "Select the snapshot in the EC2 console.",
      "Actions, Snapshot settings, Modify permissions.",
      "Choose Private, then Modify permissions.",
    ],
    cli: "aws ec2 modify-snapshot-attribute --region {region} --snapshot-id {id} --attribute createVolumePermission --operation-type remove --group-names all",
    terraform: `resource "aws_ebs_snapshot_block_public_access" "this" {
  state = "block-all-sharing"
}`,
  },
  evaluate: ({ isPublic }) =>
    isPublic === undefined
      ? unknown("sharing permissions")
      : isPublic
        ? fail("Every AWS account may copy this snapshot.", "/isPublic")
        : pass(),
});
