import type { GcpSite } from "../../build/gcp/site.ts";
import { addBucket, type BucketOptions } from "../../build/gcp/storage.ts";
import type { TeamKey } from "../company.ts";
import { type GcpEnvironment, labelsOf } from "./company.ts";

type Story = readonly [name: string, team: TeamKey, options: BucketOptions];

const everyone = (role: string) => ({ role, members: ["allUsers"] });

const production: readonly Story[] = [
  // The website's charts: meant to be public.
  ["acme-public-charts", "marketing", { location: "EU", grants: [everyone("roles/storage.objectViewer")] }],
  // Opened for a partner's demo, and never closed.
  [
    "acme-analytics-partner-demo",
    "merchants",
    { grants: [{ role: "roles/storage.objectAdmin", members: ["allAuthenticatedUsers"] }], ageDays: 610 },
  ],
  ["acme-analytics-lake", "data", { location: "EU", preventPublic: true, versioning: true }],
  // The grant of its first days does nothing since public access was prevented.
  [
    "acme-analytics-reports",
    "finance",
    { preventPublic: true, grants: [everyone("roles/storage.objectViewer")], ageDays: 900 },
  ],
  [
    "acme-analytics-old-uploads",
    "merchants",
    { uniform: false, acl: [{ entity: "allUsers", role: "READER" }], ageDays: 2_400 },
  ],
  [
    "acme-analytics-exchange",
    "data",
    { uniform: false, defaultObjectAcl: [{ entity: "allUsers", role: "READER" }], ageDays: 1_900 },
  ],
  ["acme-analytics-audit-logs", "security", { preventPublic: true, retentionDays: 365, isLocked: true }],
];

const development: readonly Story[] = [
  ["acme-ml-dev-datasets", "fraud", { location: "EUROPE-WEST4", uniform: false, ageDays: 420 }],
  ["acme-ml-dev-models", "fraud", { location: "EUROPE-WEST4", preventPublic: true }],
  ["acme-ml-dev-scratch", "data", { location: "US", storageClass: "NEARLINE" }],
  ["acme-ml-dev-log-export", "platform", { retentionDays: 30 }],
];

/** Buckets with a story. */
export function addGcpBuckets(site: GcpSite, environment: GcpEnvironment): void {
  for (const [name, team, options] of environment === "production" ? production : development) {
    addBucket(site, name, { labels: labelsOf(environment, team), ...options });
  }
}

/** Ordinary buckets of the data platform's jobs. */
export function addGcpWorkloadBuckets(site: GcpSite, environment: GcpEnvironment, scale: number): void {
  const count = (environment === "production" ? 6 : 3) * scale;
  for (let index = 0; index < count; index++) {
    const isOld = site.random.chance(0.1);
    addBucket(site, `${site.project.id}-job-${String(index).padStart(5, "0")}`, {
      location: site.random.pick(["EUROPE-WEST3", "EUROPE-WEST4", "EU"]),
      uniform: !isOld,
      preventPublic: !isOld,
      ageDays: 30 + site.random.int(900),
      labels: labelsOf(environment, site.random.pick(["data", "fraud", "finance"])),
    });
  }
}
