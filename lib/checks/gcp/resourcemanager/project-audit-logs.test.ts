import { testCheck } from "#lib/checks/test-check.ts";
import type { AuditConfig } from "#lib/inventory/gcp/resourcemanager.kinds.ts";
import { projectAuditLogs } from "./project-audit-logs.ts";

type LogType = AuditConfig["logs"][number]["type"];
const logs = (service: string, ...types: LogType[]): AuditConfig => ({
  service,
  logs: types.map((type) => ({ type, exemptedMembers: [] })),
});
const exempting = (service: string, type: LogType, ...exemptedMembers: string[]): AuditConfig => ({
  service,
  logs: [{ type, exemptedMembers }],
});
const all = logs("allServices", "ADMIN_READ", "DATA_READ", "DATA_WRITE");
const ancestor = (...auditConfigs: AuditConfig[]) => ({
  kind: "gcp.hierarchy.ancestor" as const,
  config: { auditConfigs, sinks: [] },
});
const project = (own: AuditConfig[], ...above: AuditConfig[]) => ({
  config: { auditConfigs: own },
  related: above.map((one) => ancestor(one)),
});

testCheck(projectAuditLogs, {
  pass: [
    project([all]),
    { config: { auditConfigs: [all] }, incomplete: ["gcp.hierarchy.ancestor"] },
    project([], all),
    project(
      [logs("allServices", "DATA_READ")],
      logs("allServices", "ADMIN_READ"),
      logs("allServices", "DATA_WRITE"),
    ),
    project(
      [all, logs("storage.googleapis.com", "DATA_READ")],
      exempting("allServices", "DATA_READ", "user:a@b.c"),
    ),
  ],
  fail: [
    [project([]), "Audit logs of all services leave out ADMIN_READ, DATA_READ and DATA_WRITE."],
    [
      project([logs("storage.googleapis.com", "ADMIN_READ", "DATA_READ", "DATA_WRITE")]),
      "Audit logs of all services leave out ADMIN_READ, DATA_READ and DATA_WRITE.",
    ],
    [
      project([logs("allServices", "DATA_READ")], logs("allServices", "ADMIN_READ")),
      "Audit logs of all services leave out DATA_WRITE.",
    ],
    [
      project(
        [logs("allServices", "ADMIN_READ", "DATA_WRITE")],
        exempting("allServices", "DATA_READ", "user:a@b.c"),
      ),
      "Audit logs of all services leave out DATA_READ.",
    ],
    [
      {
        config: {
          auditConfigs: [all, exempting("bigquery.googleapis.com", "DATA_READ", "user:a@b.c", "user:d@b.c")],
        },
      },
      "Exempted from logging: user:a@b.c from DATA_READ of bigquery.googleapis.com and user:d@b.c from DATA_READ of bigquery.googleapis.com.",
    ],
  ],
  unknown: [
    { config: {} },
    { config: { auditConfigs: [] }, incomplete: ["gcp.hierarchy.ancestor"] },
    {
      config: { auditConfigs: [logs("allServices", "ADMIN_READ", "DATA_READ")] },
      related: [ancestor(), { kind: "gcp.hierarchy.ancestor", config: { sinks: [] } }],
    },
  ],
});
