import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instancePublic = defineCheck({
  id: "aws.rds.instance-public",
  title: "RDS instance is not publicly accessible",
  severity: "high",
  resource: "aws.rds.instance",
  permissions: ["rds:DescribeDBInstances"],
  risk: "A database with a public address is one security group rule away from everyone's password guesses. Databases are what ransom gangs look for.",
  remediation: {
    text: "Turn off public access, and reach the database from inside its VPC, over a VPN or through a bastion.",
    url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    console: [
      "Select the instance in the RDS console and choose Modify.",
      "Connectivity, Additional configuration: Not publicly accessible.",
      "Continue, Apply immediately, Modify DB instance.",
    ],
    cli: "aws rds modify-db-instance --region {region} --db-instance-identifier {name} --no-publicly-accessible --apply-immediately",
    terraform: `resource "aws_db_instance" "this" {
  # …
  publicly_accessible = false
}`,
  },
  evaluate: ({ publiclyAccessible, endpoint }) =>
    publiclyAccessible === undefined
      ? unknown("public access")
      : publiclyAccessible
        ? fail(
            endpoint
              ? `The instance is publicly accessible at ${endpoint.address}:${endpoint.port}.`
              : "The instance is publicly accessible.",
            "/publiclyAccessible",
          )
        : pass(),
});
