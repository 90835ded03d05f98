import { addFileSystem } from "../build/efs.ts";
import { addDatabase } from "../build/rds.ts";
import { addSecurityGroup, type GroupRef } from "../build/security-group.ts";
import type { Workload } from "./workloads.ts";

/** A database that only the workload's own servers reach, at times with a replica. */
export function addStore(
  { site, network, name, tags, isCareless }: Workload,
  app: GroupRef,
  kmsKeyArn?: string,
): void {
  const { random } = site;
  const group = addSecurityGroup(site, network.vpcId, {
    name: `${name}-db`,
    description: `Database of ${name}`,
    ingress: [["tcp", 5432, app.GroupId, `from ${app.GroupName}`]],
    egress: [],
    tags,
  });
  const awsKey = `arn:aws:kms:${site.region}:${site.account.id}:alias/aws/rds`;
  for (const suffix of random.chance(0.25) ? ["", "-replica"] : [""]) {
    addDatabase(site, {
      name: `${name}${suffix}`,
      network,
      groups: [group],
      engine: random.pick(["postgres", "postgres", "mysql"]),
      kmsKeyArn: isCareless(0.05) ? null : (kmsKeyArn ?? awsKey),
      isPublic: isCareless(0.03),
      hasMinorUpgrades: !isCareless(0.1),
      isMultiAz: random.chance(0.5),
      isProtected: !isCareless(0.2),
      ageDays: 20 + random.int(900),
      tags,
    });
  }
}

/** A file system that the workload's servers share. */
export function addShare({ site, name, tags, isCareless }: Workload, kmsKeyArn?: string): void {
  const { random } = site;
  const awsKey = `arn:aws:kms:${site.region}:${site.account.id}:alias/aws/elasticfilesystem`;
  addFileSystem(site, {
    name: `${name}-shared`,
    kmsKeyArn: isCareless(0.08) ? null : (kmsKeyArn ?? awsKey),
    throughput: random.pick(["elastic", "elastic", "bursting"]),
    ageDays: 20 + random.int(900),
    tags,
  });
}
