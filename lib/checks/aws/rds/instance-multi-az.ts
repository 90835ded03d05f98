import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceMultiAz = defineCheck({
  id: "aws.rds.instance-multi-az",
  title: "RDS instance survives the loss of a zone",
  severity: "low",
  resource: "aws.rds.instance",
  context: ["aws.rds.instance"],
  permissions: ["rds:DescribeDBInstances"],
  risk: "When the zone of a single-zone database fails, the database is gone until the zone is back. Maintenance takes it down, too.",
  remediation: {
    text: "Turn on Multi-AZ, or give the cluster a reader in another zone.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
    console: [
      "Select the instance in the RDS console and choose Modify.",
      "Availability and durability: Create a standby instance.",
      "Continue, Modify DB instance.",
    ],
    cli: "aws rds modify-db-instance --region {region} --db-instance-identifier {name} --multi-az --apply-immediately",
    terraform: `resource "aws_db_instance" "this" {
  # …
  multi_az = true
}`,
  },
  evaluate: ({ multiAz, clusterId, availabilityZone }, { resource, related }) => {
    if (multiAz) return pass();
    if (!clusterId)
      return multiAz === undefined ? unknown("Multi-AZ") : fail("The instance is in one zone.", "/multiAz");
    // A cluster's members have no standby of their own: another member in another zone is what takes over.
    const { items, complete } = related.of("aws.rds.instance", resource.region);
    const others = items.filter((item) => item.config.clusterId === clusterId && item.uid !== resource.uid);
    if (!availabilityZone) return unknown("availability zone");
    if (others.some(({ config }) => config.availabilityZone && config.availabilityZone !== availabilityZone))
      return pass();
    if (multiAz === undefined) return unknown("Multi-AZ");
    if (!complete || others.some(({ config }) => !config.availabilityZone))
      return unknown("other members of the cluster");
    return fail(`All members of cluster ${clusterId} are in ${availabilityZone}.`, "/availabilityZone");
  },
});
