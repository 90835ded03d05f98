import type { LogEntry } from "./log-filter-match.ts";

/** Changes that an alert is wanted for. */
export type LogEvent =
  | "ownership"
  | "audit-config"
  | "custom-role"
  | "firewall"
  | "route"
  | "network"
  | "bucket-iam"
  | "sql-instance";

type AuditFields = { service: string; method: string; type: string; payload?: LogEntry };

/** An entry of the Admin Activity audit log as such a change leaves it; who made it, and when, isn't told. */
const auditEntry = (project: string, { service, method, type, payload }: AuditFields): LogEntry => ({
  logName: `projects/${project}/logs/cloudaudit.googleapis.com%2Factivity`,
  severity: "NOTICE",
  resource: { type, labels: { project_id: project } },
  timestamp: {},
  receiveTimestamp: {},
  insertId: {},
  textPayload: null,
  jsonPayload: null,
  httpRequest: null,
  protoPayload: {
    "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
    serviceName: service,
    methodName: method,
    authorizationInfo: [{ granted: "true" }],
    ...payload,
  },
});

/** Calls by the stable API and, as the console makes them, by the beta one. */
const computeEntries = (project: string, type: string, methods: readonly string[]): LogEntry[] =>
  methods.flatMap((method) =>
    ["v1", "beta"].map((version) =>
      auditEntry(project, {
        service: "compute.googleapis.com",
        method: `${version}.compute.${method}`,
        type,
      }),
    ),
  );

const policyEntry = (project: string, delta: LogEntry): LogEntry =>
  auditEntry(project, {
    service: "cloudresourcemanager.googleapis.com",
    method: "SetIamPolicy",
    type: "project",
    payload: { serviceData: { policyDelta: delta } },
  });

const entriesByEvent: Record<LogEvent, (project: string) => LogEntry[]> = {
  ownership: (project) => [
    ...["ADD", "REMOVE"].map((action) =>
      policyEntry(project, { bindingDeltas: [{ action, role: "roles/owner" }] }),
    ),
    // Somebody outside the organization is invited first, and becomes an owner by accepting.
    auditEntry(project, {
      service: "cloudresourcemanager.googleapis.com",
      method: "InsertProjectOwnershipInvite",
      type: "project",
    }),
  ],
  "audit-config": (project) =>
    ["ADD", "REMOVE"].map((action) => policyEntry(project, { auditConfigDeltas: [{ action }] })),
  "custom-role": (project) =>
    ["CreateRole", "UpdateRole", "DeleteRole"].map((method) =>
      auditEntry(project, {
        service: "iam.googleapis.com",
        method: `google.iam.admin.v1.${method}`,
        type: "iam_role",
      }),
    ),
  firewall: (project) =>
    computeEntries(project, "gce_firewall_rule", ["firewalls.insert", "firewalls.patch", "firewalls.delete"]),
  route: (project) => computeEntries(project, "gce_route", ["routes.insert", "routes.delete"]),
  network: (project) =>
    computeEntries(project, "gce_network", [
      "networks.insert",
      "networks.patch",
      "networks.delete",
      "networks.addPeering",
      "networks.removePeering",
    ]),
  "bucket-iam": (project) => [
    auditEntry(project, {
      service: "storage.googleapis.com",
      method: "storage.setIamPermissions",
      type: "gcs_bucket",
    }),
  ],
  "sql-instance": (project) => [
    auditEntry(project, {
      service: "cloudsql.googleapis.com",
      method: "cloudsql.instances.update",
      type: "cloudsql_database",
    }),
  ],
};

/** The entries by which a change shows in a project's logs, one for each way of making it. */
export const entriesOf = (event: LogEvent, project: string): LogEntry[] => entriesByEvent[event](project);

/** Entries of other things that happen all day: whoever counts these too has an alarm that always rings. */
export const everydayEntries = (project: string): LogEntry[] => [
  auditEntry(project, {
    service: "pubsub.googleapis.com",
    method: "google.pubsub.v1.Publisher.CreateTopic",
    type: "pubsub_topic",
  }),
  {
    logName: `projects/${project}/logs/stdout`,
    severity: "INFO",
    resource: { type: "k8s_container", labels: { project_id: project } },
    timestamp: {},
    receiveTimestamp: {},
    insertId: {},
    textPayload: "ready",
    jsonPayload: null,
    protoPayload: null,
    httpRequest: null,
  },
];
