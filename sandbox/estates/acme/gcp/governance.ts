import type { AncestorState } from "#sandbox/gcp/handlers/hierarchy.ts";
import {
  addAlert,
  addApiKey,
  addBuiltInSinks,
  addContact,
  addMetric,
  addSink,
  ancestor,
  contact,
  logAccess,
  placeUnder,
} from "../../build/gcp/governance.ts";
import type { GcpSite } from "../../build/gcp/site.ts";
import { createRandom } from "../../build/random.ts";
import type { GcpEnvironment } from "./company.ts";

const organization = "organizations/402915770341";

/**
 * Acme's organization, which its projects share: it has administrators' reads logged everywhere, keeps the audit logs of
 * all projects, and names the security team.
 */
export function acmeOrganization({ now }: Pick<GcpSite, "now">): AncestorState {
  const steady = { now, random: createRandom(0x0a6) };
  return ancestor(organization, {
    policy: {
      version: 1,
      bindings: [
        { role: "roles/resourcemanager.organizationAdmin", members: ["group:cloud-owners@acme.example"] },
      ],
      auditConfigs: logAccess("ADMIN_READ"),
    },
    sinks: [
      {
        name: "audit-of-all-projects",
        resourceName: `${organization}/sinks/audit-of-all-projects`,
        destination: "storage.googleapis.com/acme-org-audit",
        filter: 'logName:"cloudaudit.googleapis.com"',
        includeChildren: true,
      },
      {
        name: "organization-only",
        resourceName: `${organization}/sinks/organization-only`,
        destination: "logging.googleapis.com/projects/acme-security-logs",
      },
    ],
    contacts: [contact(steady, organization, "security@acme.example", "SECURITY", "TECHNICAL")],
  });
}

const delta = "protoPayload.serviceData.policyDelta";
const calls = (service: string, ...methods: string[]) =>
  methods.map((method) => `protoPayload.methodName:"${service}.${method}"`).join(" OR ");

/** As the security team wrote them: each in its own way, and all to the same end. */
const watched: readonly [metric: string, filter: string][] = [
  [
    "project-owner-changes",
    `(protoPayload.serviceName="cloudresourcemanager.googleapis.com")
AND (ProjectOwnership OR projectOwnerInvitee)
OR (${delta}.bindingDeltas.action="REMOVE" AND ${delta}.bindingDeltas.role="roles/owner")
OR (${delta}.bindingDeltas.action="ADD" AND ${delta}.bindingDeltas.role="roles/owner")`,
  ],
  ["audit-config-changes", `protoPayload.methodName="SetIamPolicy" AND ${delta}.auditConfigDeltas:*`],
  [
    "custom-role-changes",
    'resource.type="iam_role" AND protoPayload.methodName=~"^google\\.iam\\.admin\\.v1\\.(Create|Update|Delete)Role$"',
  ],
  [
    "firewall-changes",
    `-- any change of a rule\nresource.type = gce_firewall_rule\n${calls("compute.firewalls", "patch", "insert", "delete")}`,
  ],
  ["route-changes", `resource.type="gce_route" AND (${calls("compute.routes", "delete", "insert")})`],
  [
    "network-changes",
    `resource.type="gce_network" AND (${calls("compute.networks", "insert", "patch", "delete", "removePeering", "addPeering")})`,
  ],
  ["bucket-iam-changes", 'resource.type=gcs_bucket AND protoPayload.methodName="storage.setIamPermissions"'],
];

function addProductionLogging(site: GcpSite): void {
  addSink(site, {
    name: "everything-to-archive",
    destination: "storage.googleapis.com/acme-analytics-audit-logs",
  });
  addSink(site, {
    name: "errors-to-pubsub",
    destination: `pubsub.googleapis.com/projects/${site.project.id}/topics/errors`,
    filter: "severity>=ERROR",
  });
  for (const [metric, filter] of watched) {
    addMetric(site, metric, filter);
    addAlert(site, `Security: ${metric.replaceAll("-", " ")}`, metric);
  }
  // Straight from the log, without a metric in between.
  addAlert(site, "Security: database settings", "", {
    conditions: [
      {
        displayName: "update of an instance",
        conditionMatchedLog: { filter: 'protoPayload.methodName="cloudsql.instances.update"' },
      },
    ],
  });
}

function addDevelopmentLogging(site: GcpSite): void {
  // Switched off when the bill came.
  addSink(site, {
    name: "everything-to-bigquery",
    destination: `bigquery.googleapis.com/projects/${site.project.id}/datasets/logs`,
    disabled: true,
  });
  addSink(site, {
    name: "training-logs",
    destination: "storage.googleapis.com/acme-ml-dev-log-export",
    filter: 'resource.type="ml_job"',
  });
  const copied = new Map(watched);
  // Copied from production; the alerts were to follow.
  addMetric(site, "network-changes", copied.get("network-changes") ?? "");
  addMetric(
    site,
    "firewall-changes",
    'resource.type="gce_firewall_rule" AND protoPayload.methodName:"firewalls.insert"',
  );
  addAlert(site, "New firewall rules", "firewall-changes");
  addMetric(site, "owner-changes", copied.get("project-owner-changes") ?? "", { disabled: true });
  addMetric(site, "route-changes", copied.get("route-changes") ?? "");
  addAlert(site, "Routes (too noisy)", "route-changes", { enabled: false });
  addAlert(site, "Training failed", "failed-jobs");
  addMetric(site, "failed-jobs", 'resource.type="ml_job" AND severity>=ERROR');
}

/** What watches over a project: logs, alerts, contacts and the API keys that are out. */
export function addGcpGovernance(site: GcpSite, environment: GcpEnvironment, company: AncestorState): void {
  addBuiltInSinks(site);
  if (environment === "development") {
    placeUnder(site, ancestor("folders/553920118847"), company);
    addDevelopmentLogging(site);
    return;
  }
  placeUnder(site, ancestor("folders/718203345566"), company);
  addProductionLogging(site);
  addContact(site, "legal@acme.example", "LEGAL", "SUSPENSION");
  for (const api of ["maps-backend.googleapis.com", "translate.googleapis.com"])
    site.project.enabledApis.add(api);
  addApiKey(site, "Merchant portal map", {
    ageDays: 40,
    restrictions: {
      browserKeyRestrictions: { allowedReferrers: ["https://merchants.acme.example/*"] },
      apiTargets: [{ service: "maps-backend.googleapis.com" }],
    },
  });
  addApiKey(site, "Receipt scanner (pilot)", {
    ageDays: 560,
    restrictions: {
      serverKeyRestrictions: { allowedIps: ["203.0.113.40"] },
      apiTargets: [{ service: "vision.googleapis.com" }],
    },
  });
  addApiKey(site, "API key 1", { ageDays: 980 });
}
