import type { GcpEstate } from "#sandbox/gcp/model.ts";
import { addGcpAnalytics, addGcpWorkloadTables } from "./acme/gcp/analytics.ts";
import { addGcpBuckets, addGcpWorkloadBuckets } from "./acme/gcp/buckets.ts";
import { acmeGcpHub, acmeProjects } from "./acme/gcp/company.ts";
import { addGcpDatabases, addGcpDns } from "./acme/gcp/databases.ts";
import { acmeOrganization, addGcpGovernance } from "./acme/gcp/governance.ts";
import { addGcpIdentity } from "./acme/gcp/identity.ts";
import { addGcpKeys } from "./acme/gcp/keys.ts";
import { addGcpMachines } from "./acme/gcp/machines.ts";
import { layGcpNetworks } from "./acme/gcp/networks.ts";
import { addGcpWorkloads } from "./acme/gcp/workloads.ts";
import { addIdentity, addProject, newGcpEstate } from "./build/gcp/project.ts";
import type { GcpSite } from "./build/gcp/site.ts";
import { createRandom } from "./build/random.ts";

export { type AcmeProject, acmeGcpHub, acmeProjects } from "./acme/gcp/company.ts";

export type AcmeGcpOptions = {
  /** Multiplies the ordinary workloads; what has a story, and what a project has once, stays as it is. */
  scale?: number;
  /** When the estate is looked at. Its dates lie before that, always as far. */
  now?: Date;
};

/** The APIs in use, by project; what isn't here answers SERVICE_DISABLED. */
const apisInUse = [
  "bigquery.googleapis.com",
  "cloudkms.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "compute.googleapis.com",
  "dataproc.googleapis.com",
  "dns.googleapis.com",
  "essentialcontacts.googleapis.com",
  "iam.googleapis.com",
  "iamcredentials.googleapis.com",
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "serviceusage.googleapis.com",
  "sqladmin.googleapis.com",
  "storage.googleapis.com",
  "apikeys.googleapis.com",
];

/**
 * Acme's Google side: analytics in production and machine learning in development. The same for the same options, down to
 * the ids; a larger scale only adds to a smaller.
 */
export function buildAcmeGcp({ scale = 1, now = new Date() }: AcmeGcpOptions = {}): GcpEstate {
  // Small pages, so that paging is exercised; a large estate is for measuring, and has pages as long as Google's.
  const estate = newGcpEstate(scale <= 4 ? 10 : Number.POSITIVE_INFINITY);
  const stories = acmeProjects.map(({ id, number, name, environment }) => {
    const createdAt = new Date(now.getTime() - 1_500 * 86_400_000);
    // Whether Acme takes stock of what it has is one of the things that differ.
    const apis = environment === "production" ? [...apisInUse, "cloudasset.googleapis.com"] : apisInUse;
    const project = addProject(estate, { id, number, name, createdAt, apis, labels: { environment } });
    const site: GcpSite = { estate, project, random: createRandom(Number(number) % 2 ** 31), now };
    return { site, environment };
  });
  addIdentities(estate);
  const company = acmeOrganization({ now });
  for (const { site, environment } of stories) {
    const people = { ...site, random: createRandom((Number(site.project.number) % 2 ** 31) ^ 0x1a4) };
    addGcpIdentity(people, environment);
    addGcpGovernance(people, environment, company);
    const keys = addGcpKeys(site, environment);
    addGcpBuckets(site, environment);
    addGcpAnalytics(site, environment, keys);
    const ownSite = { ...site, random: createRandom((Number(site.project.number) % 2 ** 31) ^ 0x5e7) };
    const network = layGcpNetworks(ownSite, environment);
    addGcpMachines(ownSite, environment, network, keys);
    addGcpDatabases(ownSite, environment, network, keys);
    addGcpDns(ownSite, environment);
    // Numbers of its own for each kind of workload, so that one's growth leaves the others as they are.
    addGcpWorkloadBuckets({ ...site, random: createRandom(0xb0c4) }, environment, scale);
    addGcpWorkloads({ ...site, random: createRandom(0xc0de) }, environment, network, keys, scale);
    addGcpWorkloadTables({ ...site, random: createRandom(0x7ab1) }, environment, keys, scale);
  }
  return estate;
}

/** The hub sees which projects there are, and reads or changes them only in the name of their service accounts. */
function addIdentities(estate: GcpEstate): void {
  const { email, ...credentials } = acmeGcpHub;
  const { clientId, clientSecret, refreshToken } = credentials;
  const browse = ["resourcemanager.projects.get", "resourcemanager.projects.list"];
  const everywhere = Object.fromEntries(acmeProjects.map(({ id }) => [id, browse]));
  addIdentity(estate, { email, kind: "user", projectId: null, impersonators: [] }, everywhere);
  estate.refreshTokens.set(refreshToken, { clientId, clientSecret, email });
  for (const { id, scanner, remediator } of acmeProjects) {
    const serviceAccount = { kind: "serviceAccount", projectId: id, impersonators: [email] } as const;
    addIdentity(estate, { ...serviceAccount, email: scanner }, { [id]: "viewer" });
    addIdentity(estate, { ...serviceAccount, email: remediator }, { [id]: "editor" });
  }
}
