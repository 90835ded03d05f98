import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { AuditConfig } from "#lib/inventory/gcp/resourcemanager.kinds.ts";

const logTypes = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"] as const;

export const projectAuditLogs = defineCheck({
  id: "gcp.resourcemanager.project-audit-logs",
  title: "Audit logs record every read and write of every service",
  severity: "medium",
  resource: "gcp.resourcemanager.project",
  context: ["gcp.hierarchy.ancestor"],
  permissions: [
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "resourcemanager.folders.getIamPolicy",
    "resourcemanager.organizations.getIamPolicy",
  ],
  risk: "Google records by itself who changes settings, but not who reads them, nor who reads or writes data. Without these logs nobody can say what an intruder took.",
  remediation: {
    text: "Turn on all three kinds of Data Access audit logs for all services, best on the organization, and exempt nobody.",
    url: "https://docs.cloud.google.com/logging/docs/audit/configure-data-access",
    console: [
      "Open IAM & Admin, Audit Logs, Set default configuration.",
      "Check Admin Read, Data Read and Data Write; remove everybody under Exempted principals; Save.",
      "In the table, open services with settings of their own and remove exempted principals there too.",
    ],
    cli: "gcloud projects get-iam-policy {account} --format=json > policy.json  # add auditConfigs for allServices, then: gcloud projects set-iam-policy {account} policy.json",
    terraform: `resource "google_project_iam_audit_config" "all" {
  project = "{account}"
  service = "allServices"
  audit_log_config { log_type = "ADMIN_READ" }
  audit_log_config { log_type = "DATA_READ" }
  audit_log_config { log_type = "DATA_WRITE" }
}`,
  },
  evaluate: ({ auditConfigs }, { related }) => {
    if (!auditConfigs) return unknown("audit configuration");
    const exempted = auditConfigs.flatMap(({ service, logs }, at) =>
      logs.flatMap(({ type, exemptedMembers }, log) =>
        exemptedMembers.map((member) => ({
          said: `${member} from ${type} of ${service}`,
          path: `/auditConfigs/${at}/logs/${log}`,
        })),
      ),
    );
    if (exempted.length > 0)
      return fail(
        `Exempted from logging: ${listWords(exempted.map(({ said }) => said))}.`,
        ...new Set(exempted.map(({ path }) => path)),
      );
    // What a parent logs is logged here too, and can't be turned off here.
    const above = related.of("gcp.hierarchy.ancestor");
    const logged = [
      ...typesLogged(auditConfigs),
      ...above.items.flatMap(({ config }) => typesLogged(config.auditConfigs ?? [])),
    ];
    const left = logTypes.filter((type) => !logged.includes(type));
    if (left.length === 0) return pass();
    if (!above.complete || above.items.some(({ config }) => !config.auditConfigs))
      return unknown("audit configuration of the folders and the organization above the project");
    return fail(`Audit logs of all services leave out ${listWords(left)}.`, "/auditConfigs");
  },
});

/** The kinds of access that a policy has logged for all services and everybody. */
const typesLogged = (configs: readonly AuditConfig[]): string[] =>
  logTypes.filter((wanted) => {
    const logs = configs
      .filter(({ service }) => service === "allServices")
      .flatMap((config) => config.logs)
      .filter(({ type }) => type === wanted);
    return logs.length > 0 && logs.every(({ exemptedMembers }) => exemptedMembers.length === 0);
  });
