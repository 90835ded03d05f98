import { efsState, newFileSystem } from "#sandbox/aws/handlers/efs.ts";
import { daysAgo, type Site, type Tags, toTags } from "./site.ts";

export type FileSystemSpec = {
  name: string;
  /** `null`: not encrypted. */
  kmsKeyArn: string | null;
  ageDays: number;
  throughput?: "bursting" | "elastic";
  tags?: Tags;
};

/** A file system with a mount target in each of three zones. */
export function addFileSystem(site: Site, spec: FileSystemSpec): void {
  const id = `fs-0${site.random.hex(16)}`;
  const made = newFileSystem(
    id,
    { account: site.account.id, region: site.region },
    {
      creationToken: `${spec.name}-${site.random.hex(8)}`,
      kmsKeyArn: spec.kmsKeyArn,
      mountTargets: 3,
      createdAt: daysAgo(site, spec.ageDays),
      tags: toTags({ Name: spec.name, ...spec.tags }),
    },
  );
  made.ThroughputMode = spec.throughput ?? "elastic";
  efsState(site.account, site.region).set(id, made);
}
