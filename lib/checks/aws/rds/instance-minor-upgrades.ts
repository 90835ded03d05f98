import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceMinorUpgrades = defineCheck({
  id: "aws.rds.instance-minor-upgrades",
  title: "RDS instance takes minor upgrades by itself",
  severity: "low",
  resource: "aws.rds.instance",
  permissions: ["rds:DescribeDBInstances"],
  risk: "Minor versions carry the engine's security fixes. Where they wait for someone to think of them, known holes stay open for months.",
  remediation: {
    text: "Turn on automatic minor version upgrades; they are installed in the maintenance window.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html",
    console: [
      "Select the instance in the RDS console and choose Modify.",
      "Maintenance: Enable auto minor version upgrade.",
      "Continue, Modify DB instance.",
    ],
    cli: "aws rds modify-db-instance --region {region} --db-instance-identifier {name} --auto-minor-version-upgrade --apply-immediately",
    terraform: `resource "aws_db_instance" "this" {
  # …
  auto_minor_version_upgrade = true
}`,
  },
  evaluate: ({ autoMinorVersionUpgrade, engine, engineVersion }) =>
    autoMinorVersionUpgrade === undefined
      ? unknown("automatic minor upgrades")
      : autoMinorVersionUpgrade
        ? pass()
        : fail(
            `Automatic minor upgrades are off, at ${engine} ${engineVersion ?? "of an unknown version"}.`,
            "/autoMinorVersionUpgrade",
          ),
});
