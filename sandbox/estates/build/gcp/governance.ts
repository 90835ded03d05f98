import { type ApiKeyJson, apiKeysOf } from "#sandbox/gcp/handlers/apikeys.ts";
import { type ContactJson, contactsOf } from "#sandbox/gcp/handlers/essentialcontacts.ts";
import { type AncestorState, ancestorsOf, policiesOf } from "#sandbox/gcp/handlers/hierarchy.ts";
import { metricJson, metricsOf, type SinkJson, sinksOf } from "#sandbox/gcp/handlers/logging.ts";
import { type AlertPolicyJson, alertPoliciesOf } from "#sandbox/gcp/handlers/monitoring.ts";
import type { IamPolicy } from "#sandbox/gcp/iam-policy.ts";
import { type GcpSite, makeNumber, timeAgo } from "./site.ts";

/** The kinds of data access that a policy can have logged. */
export type AccessLog = "ADMIN_READ" | "DATA_READ" | "DATA_WRITE";

/** The audit configuration of a policy, for all services. */
export const logAccess = (...logs: (AccessLog | { type: AccessLog; exempt: string[] })[]): object[] => [
  {
    service: "allServices",
    auditLogConfigs: logs.map((log) =>
      typeof log === "string" ? { logType: log } : { logType: log.type, exemptedMembers: log.exempt },
    ),
  },
];

export function setProjectPolicy(site: GcpSite, policy: Omit<IamPolicy, "etag" | "version">): void {
  const isConditional = policy.bindings?.some((binding) => binding.condition);
  policiesOf(site.project).set("policy", { version: isConditional ? 3 : 1, ...policy });
}

/** A folder or organization. Give the same to each project that lies under it. */
export const ancestor = (name: string, state: Partial<Omit<AncestorState, "name">> = {}): AncestorState => ({
  name,
  policy: {},
  sinks: [],
  contacts: [],
  ...state,
});

/** Puts a project under folders and an organization, nearest first. */
export function placeUnder(site: GcpSite, ...above: AncestorState[]): void {
  for (const each of above) ancestorsOf(site.project).set(each.name, each);
}

/** The two sinks that Google makes in every project, as it makes them. */
export function addBuiltInSinks(site: GcpSite): void {
  const audit = ["activity", "system_event", "access_transparency"];
  const ids = audit.map((log) => `LOG_ID("cloudaudit.googleapis.com/${log}")`);
  ids.push(
    'LOG_ID("externalaudit.googleapis.com/activity")',
    'LOG_ID("externalaudit.googleapis.com/system_event")',
  );
  const bucket = (name: string) =>
    `logging.googleapis.com/projects/${site.project.id}/locations/global/buckets/${name}`;
  addSink(site, { name: "_Required", destination: bucket("_Required"), filter: ids.join(" OR ") });
  const others = ids.map((id) => `NOT ${id}`).join(" AND ");
  addSink(site, { name: "_Default", destination: bucket("_Default"), filter: others });
}

export function addSink(site: GcpSite, sink: SinkJson): void {
  const { project } = site;
  const writer = sink.name.startsWith("_")
    ? {}
    : {
        writerIdentity: `serviceAccount:service-${project.number}@gcp-sa-logging.iam.gserviceaccount.com`,
        createTime: timeAgo(site, 800),
        updateTime: timeAgo(site, 800),
      };
  const resourceName = `projects/${project.id}/sinks/${sink.name}`;
  sinksOf(project).set(sink.name, { ...sink, resourceName, ...writer });
}

export function addMetric(
  site: GcpSite,
  name: string,
  filter: string,
  more: { disabled?: boolean } = {},
): void {
  metricsOf(site.project).set(name, metricJson(site.project, { name, filter, ...more }, timeAgo(site, 700)));
}

export type AlertOptions = Partial<Pick<AlertPolicyJson, "enabled" | "conditions" | "userLabels">>;

/** An alert policy over a log metric, or with conditions of its own. */
export function addAlert(
  site: GcpSite,
  displayName: string,
  metric: string,
  options: AlertOptions = {},
): void {
  const key = makeNumber(site);
  const name = `projects/${site.project.id}/alertPolicies/${key}`;
  const condition = {
    name: `${name}/conditions/${makeNumber(site)}`,
    displayName: "any",
    conditionThreshold: {
      filter: `metric.type="logging.googleapis.com/user/${metric}" AND resource.type="global"`,
      comparison: "COMPARISON_GT",
      duration: "0s",
      trigger: { count: 1 },
    },
  };
  alertPoliciesOf(site.project).set(key, {
    name,
    displayName,
    enabled: true,
    combiner: "OR",
    conditions: [condition],
    notificationChannels: [`projects/${site.project.id}/notificationChannels/${makeNumber(site)}`],
    ...options,
  });
}

export type ApiKeyOptions = Partial<Pick<ApiKeyJson, "restrictions">> & { ageDays: number };

export function addApiKey(
  site: GcpSite,
  displayName: string,
  { ageDays, restrictions }: ApiKeyOptions,
): void {
  const uid = site.random.uuid();
  apiKeysOf(site.project).set(uid, {
    name: `projects/${site.project.number}/locations/global/keys/${uid}`,
    uid,
    displayName,
    createTime: timeAgo(site, ageDays),
    updateTime: timeAgo(site, ageDays),
    etag: `W/"${site.random.hex(12)}"`,
    ...(restrictions ? { restrictions } : {}),
  });
}

/** @param parent Such as `organizations/402915770341`, or `projects/<number>`. */
export const contact = (
  site: Pick<GcpSite, "now" | "random">,
  parent: string,
  email: string,
  ...notificationCategorySubscriptions: string[]
): ContactJson => ({
  name: `${parent}/contacts/${makeNumber(site)}`,
  email,
  notificationCategorySubscriptions,
  languageTag: "en",
  validationState: "VALID",
  validateTime: timeAgo(site, 500),
});

export function addContact(site: GcpSite, email: string, ...categories: string[]): void {
  const made = contact(site, `projects/${site.project.number}`, email, ...categories);
  contactsOf(site.project).set(made.name.split("/").at(-1) ?? made.name, made);
}
