import { bucketsOf } from "#sandbox/gcp/handlers/storage.ts";
import { GcpError, type GcpProject } from "#sandbox/gcp/model.ts";
import type { TestCloud } from "./test-cloud.ts";
import { testFaults } from "./test-faults.ts";

const projectId = "acme-ml-dev";
const victim = "acme-ml-dev-datasets";

function projectOf({ sandbox }: TestCloud): GcpProject {
  const project = sandbox.gcp?.estate.projects.get(projectId);
  if (!project) throw new Error("Acme has no such project.");
  return project;
}

await testFaults({
  cloud: "gcp",
  accounts: ["Acme ML Development"],
  service: { name: "storage", permissions: "storage.*" },
  victim,
  facets: ["storage.buckets.getIamPolicy", "compute.projects.get", "resourcemanager.projects.getIamPolicy"],
  list: { operation: /:GET \/storage\/v1\/b$/, permission: "storage.buckets.list" },
  describe: /:GET \/storage\/v1\/b\/\{bucket\}\/iam$/,
  removeVictim: (cloud) => {
    const buckets = bucketsOf(projectOf(cloud));
    const bucket = buckets.get(victim);
    buckets.delete(victim);
    return () => {
      if (bucket) buckets.set(victim, bucket);
    };
  },
  tagVictim: (cloud, tags) => {
    const bucket = bucketsOf(projectOf(cloud)).get(victim)?.bucket;
    if (!bucket) throw new Error("There is no such bucket.");
    const before = bucket.labels;
    bucket.labels = tags;
    return () => {
      bucket.labels = before ?? {};
    };
  },
  revoke: (cloud) => {
    const { access } = projectOf(cloud);
    const before = new Map(access);
    access.clear();
    return () => {
      for (const [email, allowed] of before) access.set(email, allowed);
    };
  },
  outage: () => new GcpError("INTERNAL", "Down."),
});
