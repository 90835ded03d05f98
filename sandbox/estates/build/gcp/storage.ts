import { type AclEntry, type BucketState, bucketsOf } from "#sandbox/gcp/handlers/storage.ts";
import type { IamPolicy } from "#sandbox/gcp/iam-policy.ts";
import { type GcpSite, type Labels, timeAgo } from "./site.ts";

export type BucketOptions = {
  /** As the API writes it: `EUROPE-WEST3`, or `EU` for a multi-region. */
  location?: string;
  labels?: Labels;
  ageDays?: number;
  storageClass?: string;
  /** Uniform access, so that only IAM decides; ACLs count when false. */
  uniform?: boolean;
  preventPublic?: boolean;
  /** Grants beside those that every bucket has. */
  grants?: NonNullable<IamPolicy["bindings"]>;
  acl?: AclEntry[];
  defaultObjectAcl?: AclEntry[];
  versioning?: boolean;
  retentionDays?: number;
  isLocked?: boolean;
  kmsKey?: string;
  logBucket?: string;
};

/** The bucket and what IAM says of it; ACLs appear in the policy as roles of old, as they do with Google. */
export function addBucket(site: GcpSite, name: string, options: BucketOptions = {}): BucketState {
  const { project } = site;
  const { location = "EUROPE-WEST3", uniform = true, ageDays = 200, acl = [] } = options;
  const created = timeAgo(site, ageDays);
  const projectTeam = (team: string) => `project-${team}-${project.number}`;
  const state: BucketState = {
    bucket: {
      kind: "storage#bucket",
      id: name,
      name,
      projectNumber: project.number,
      location,
      locationType: location.includes("-") ? "region" : "multi-region",
      storageClass: options.storageClass ?? "STANDARD",
      timeCreated: created,
      updated: created,
      metageneration: "1",
      iamConfiguration: {
        uniformBucketLevelAccess: {
          enabled: uniform,
          ...(uniform ? { lockedTime: timeAgo(site, ageDays - 90) } : {}),
        },
        publicAccessPrevention: options.preventPublic ? "enforced" : "inherited",
      },
      softDeletePolicy: { retentionDurationSeconds: "604800", effectiveTime: created },
      ...(options.labels ? { labels: options.labels } : {}),
      ...(options.versioning ? { versioning: { enabled: true } } : {}),
      ...(options.retentionDays
        ? {
            retentionPolicy: {
              retentionPeriod: String(options.retentionDays * 86_400),
              effectiveTime: created,
              ...(options.isLocked ? { isLocked: true } : {}),
            },
          }
        : {}),
      ...(options.kmsKey ? { encryption: { defaultKmsKeyName: options.kmsKey } } : {}),
      ...(options.logBucket ? { logging: { logBucket: options.logBucket, logObjectPrefix: name } } : {}),
      ...(uniform
        ? {}
        : {
            acl: [{ entity: projectTeam("owners"), role: "OWNER" }, ...acl],
            defaultObjectAcl: [
              { entity: projectTeam("owners"), role: "OWNER" },
              ...(options.defaultObjectAcl ?? []),
            ],
          }),
    },
    policy: {
      version: 1,
      bindings: [
        {
          role: "roles/storage.legacyBucketOwner",
          members: [`projectEditor:${project.id}`, `projectOwner:${project.id}`],
        },
        { role: "roles/storage.legacyBucketReader", members: [`projectViewer:${project.id}`] },
        ...acl.map(({ entity, role }) => ({ role: legacyRoles[role] ?? "", members: [memberOf(entity)] })),
        ...(options.grants ?? []),
      ],
    },
  };
  bucketsOf(project).set(name, state);
  return state;
}

const legacyRoles: Record<string, string> = {
  READER: "roles/storage.legacyBucketReader",
  WRITER: "roles/storage.legacyBucketWriter",
  OWNER: "roles/storage.legacyBucketOwner",
};

const memberOf = (entity: string): string => entity.replace(/^(user|group|domain)-/, "$1:");
