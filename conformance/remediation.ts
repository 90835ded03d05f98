import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { awsClients } from "#lib/clouds/aws/clients.ts";
import { awsSession } from "#lib/clouds/aws/credentials.ts";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import type { Kind } from "#lib/inventory/model.ts";
import type { Target } from "#lib/remediation/model.ts";
import { type Rehearsal, rehearse } from "#lib/remediation/test-journal.ts";
import { keys, neglectedAccount } from "./estate/index.ts";
import { homeRegion } from "./estate/site.ts";
import { watchingFixes } from "./watching-fixes.ts";

export type Fix = Pick<Rehearsal, "operation" | "with" | "checks" | "crashes"> & {
  /** As the estate calls it. */
  resource: string;
  kind: Kind;
  region?: string;
};

const group = "aws.ec2.security-group";
const bucket = "aws.s3.bucket";
const groupCheck = (...names: string[]) => names.map((name) => `aws.ec2.security-group-${name}`);
const bucketChecks = ["aws.s3.bucket-public-access", "aws.s3.bucket-block-public-access"];

const restrict = (resource: string, ...names: string[]): Fix => ({
  ...{ resource, kind: group, operation: "aws.ec2.restrict-ingress", checks: groupCheck(...names) },
  // Dying at each point is tried where a rule is split, which takes both calls.
  crashes: resource === "ssh-in-a-range",
  with: { checks: groupCheck(...names), exceptions: ["203.0.113.0/24"], leaveOpen: ["443"] },
});

/** Every fix, carried out on what of the estate fails for it. */
const fixes: Fix[] = [
  restrict("ssh-from-anywhere", "ssh"),
  restrict("ssh-from-ipv6", "ssh"),
  restrict("ssh-in-a-range", "ssh"),
  restrict("ssh-from-two-halves", "ssh"),
  restrict("ssh-from-a-list", "ssh"),
  restrict("rdp-from-anywhere", "rdp"),
  restrict("cifs-from-anywhere", "cifs"),
  restrict("every-tcp-port", "ssh", "rdp", "cifs", "all-ports"),
  restrict("every-protocol", "ssh", "rdp", "cifs", "all-ports"),
  restrict("every-protocol", "ssh"),
  {
    ...{ resource: "default-group-as-made", kind: group, operation: "aws.ec2.empty-default-group" },
    ...{ with: { evenIfUsed: true }, checks: ["aws.ec2.default-security-group"] },
  },
  ...["public-by-policy", "public-by-acl"].map(
    (resource): Fix => ({
      ...{ resource, kind: bucket, operation: "aws.s3.block-public-access", checks: bucketChecks },
    }),
  ),
  ...["public-by-policy", "public-by-acl"].map(
    (resource): Fix => ({
      ...{ resource, kind: bucket, operation: "aws.s3.remove-public-grants" },
      checks: ["aws.s3.bucket-public-access"],
    }),
  ),
  {
    ...{ resource: "half-guarded", kind: bucket, operation: "aws.s3.block-public-access" },
    checks: ["aws.s3.bucket-block-public-access"],
  },
  {
    ...{
      resource: "in-virginia",
      kind: bucket,
      region: "us-east-1",
      operation: "aws.s3.block-public-access",
    },
    checks: ["aws.s3.bucket-block-public-access"],
  },
  {
    ...{ resource: "neglected ec2 eu-west-1", kind: "aws.ec2.region" },
    ...{ operation: "aws.ec2.encrypt-by-default", checks: ["aws.ec2.ebs-default-encryption"] },
  },
  { resource: "plain-volume", kind: "aws.ec2.volume", operation: "aws.ec2.encrypt-volume", crashes: false },
  {
    ...{ resource: "root of public-instance", kind: "aws.ec2.volume", operation: "aws.ec2.encrypt-volume" },
    with: { stopInstance: true },
  },
  ...watchingFixes,
];

/** Carries out every fix and undoes it. Returns what went wrong, by the fix. */
export async function rehearseAll(
  url: string,
  uids: ReadonlyMap<string, string>,
): Promise<{ passed: number; failures: string[] }> {
  provideEmulatorKeys(url, keys);
  const account: ReachableAccount = {
    cloud: "aws",
    externalId: neglectedAccount,
    connection: { type: "ambient", endpointUrl: url },
  };
  const known = new Map([...uids, ["root of public-instance", await rootVolumeOf(url, uids)]]);
  const failures: string[] = [];
  for (const { resource, kind, region = homeRegion, ...fix } of fixes) {
    const uid = known.get(resource) ?? "";
    const name = uid.slice(Math.max(uid.lastIndexOf("/"), uid.lastIndexOf(":")) + 1);
    const target: Target = { uid, kind, cloud: "aws", account: neglectedAccount, region, name };
    try {
      await rehearse({ account, target, ...fix });
    } catch (error) {
      failures.push(
        `${fix.operation} of ${resource}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return { passed: fixes.length - failures.length, failures };
}

async function rootVolumeOf(url: string, uids: ReadonlyMap<string, string>): Promise<string> {
  const session = awsSession({ type: "ambient", endpointUrl: url }, { sourceKeys: keys });
  try {
    const [, id = ""] = (uids.get("public-instance") ?? "").split("/");
    const command = new DescribeInstancesCommand({ InstanceIds: [id] });
    const { Reservations = [] } = await awsClients(session, homeRegion).ec2.send(command);
    const volume = Reservations[0]?.Instances?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId;
    return `arn:aws:ec2:${homeRegion}:${neglectedAccount}:volume/${volume}`;
  } finally {
    session.close();
  }
}
