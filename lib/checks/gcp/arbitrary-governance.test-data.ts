import fc from "fast-check";
import {
  type Arbitraries,
  boolean,
  constantFrom,
  date,
  list,
  nullable,
  text,
} from "#lib/checks/arbitrary-basics.test-data.ts";
import type { AuditConfig } from "#lib/inventory/gcp/resourcemanager.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { logAlertFilters } from "./log-alert-filters.ts";

type GovernanceKind = Extract<
  keyof ResourceConfigs,
  `gcp.${"apikeys" | "essentialcontacts" | "hierarchy" | "iam" | "logging" | "monitoring" | "resourcemanager" | "serviceusage"}.${string}`
>;

const emails = [
  "etl@111122223333.iam.gserviceaccount.com",
  "ci@tools.iam.gserviceaccount.com",
  "42-compute@developer.gserviceaccount.com",
];
const binding = fc.record({
  role: constantFrom(
    "roles/owner",
    "roles/viewer",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/cloudkms.admin",
    "roles/cloudkms.cryptoKeyDecrypter",
  ),
  members: list(
    constantFrom(
      ...emails.map((email) => `serviceAccount:${email}`),
      "user:ada@example.com",
      "user:ada@gmail.com",
    ),
  ),
  condition: constantFrom(null, "resource.name == 'x'", 'request.time < timestamp("2026-01-01T00:00:00Z")'),
});
const logType = constantFrom("ADMIN_READ" as const, "DATA_READ" as const, "DATA_WRITE" as const);
const exempted = fc.oneof(
  { weight: 6, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.constant<string[]>(["user:a@b.c"]) },
);
const auditConfigs: fc.Arbitrary<AuditConfig[]> = fc.oneof(
  list(
    fc.record({
      service: constantFrom("allServices", "storage.googleapis.com"),
      logs: list(fc.record({ type: logType, exemptedMembers: exempted })),
    }),
    2,
  ),
  fc.constant<AuditConfig[]>([
    {
      service: "allServices",
      logs: (["ADMIN_READ", "DATA_READ", "DATA_WRITE"] as const).map((type) => ({
        type,
        exemptedMembers: [],
      })),
    },
  ]),
);
const sink = {
  destination: constantFrom(
    "storage.googleapis.com/name-1",
    "storage.googleapis.com/name-2",
    "bigquery.googleapis.com/projects/p/datasets/d",
    "logging.googleapis.com/projects/p/locations/global/buckets/_Default",
  ),
  filter: nullable(constantFrom("severity>=DEFAULT", "severity>=ERROR", "(")),
  disabled: boolean(),
  exclusions: list(fc.record({ name: text, filter: text, disabled: boolean() }), 1),
};
const metricType = constantFrom("logging.googleapis.com/user/a", "logging.googleapis.com/user/b");
const logFilter = fc.oneof(
  { weight: 8, arbitrary: constantFrom(...Object.values(logAlertFilters)) },
  {
    weight: 2,
    arbitrary: constantFrom("", 'resource.type="gce_route"', "ip_in_net(x, y)", "severity>=ERROR", "("),
  },
);
const condition = fc.oneof(
  fc.record({
    name: fc.constant(null),
    type: constantFrom("threshold" as const, "mql" as const, "absence" as const),
    text: metricType.map((type) => `metric.type="${type}"`),
  }),
  fc.record({ name: fc.constant(null), type: fc.constant("log" as const), text: logFilter }),
);
const services = ["cloudasset.googleapis.com", "translate.googleapis.com"];

export const gcpGovernanceConfigs: Arbitraries<GovernanceKind> = {
  "gcp.apikeys.key": {
    whole: fc.record({
      createdAt: date,
      application: nullable(
        fc.oneof(
          fc.record({
            type: fc.constant("server" as const),
            allowedIps: list(constantFrom("10.0.0.1", "::/0")),
          }),
          fc.record({
            type: fc.constant("browser" as const),
            allowedReferrers: list(constantFrom("*", "a.example")),
          }),
        ),
      ),
      apiTargets: list(
        fc.record({
          service: constantFrom("translate.googleapis.com", "cloudapis.googleapis.com"),
          methods: fc.constant<string[]>([]),
        }),
      ),
      serviceAccountEmail: fc.constant(null),
    }),
    optional: ["createdAt", "application", "apiTargets"],
  },
  "gcp.essentialcontacts.project": {
    whole: fc.record({
      contacts: list(
        fc.record({
          email: text,
          categories: constantFrom<string[][]>(["ALL"], ["SECURITY", "LEGAL"], ["TECHNICAL", "SUSPENSION"]),
          valid: boolean(),
        }),
      ),
    }),
    optional: ["contacts"],
  },
  "gcp.hierarchy.ancestor": {
    whole: fc.record({ auditConfigs, sinks: list(fc.record({ name: text, ...sink }), 2) }),
    optional: ["auditConfigs", "sinks"],
  },
  "gcp.iam.service-account": {
    whole: fc.record({
      email: constantFrom(...emails),
      displayName: fc.constant(null),
      uniqueId: text,
      disabled: boolean(),
      keys: list(
        fc.record({
          id: text,
          origin: constantFrom("GOOGLE_PROVIDED" as const, null),
          disabled: boolean(),
          validAfter: date,
          validBefore: constantFrom(null, "9999-12-31T23:59:59.000Z", "2026-01-01T00:00:00.000Z"),
        }),
      ),
    }),
    optional: ["keys"],
  },
  "gcp.logging.metric": {
    whole: fc.record({
      type: metricType,
      filter: logFilter,
      disabled: boolean(),
      bucket: fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        {
          weight: 1,
          arbitrary: constantFrom("projects/p/locations/global/buckets/_Required", "projects/p/b"),
        },
      ),
    }),
    optional: [],
  },
  "gcp.logging.sink": { whole: fc.record(sink), optional: [] },
  "gcp.monitoring.alert-policy": {
    whole: fc.record({
      enabled: boolean(),
      combiner: constantFrom("OR" as const, "AND" as const, null),
      conditions: fc.array(condition, { minLength: 1, maxLength: 2 }),
      notificationChannels: fc.constant<string[]>([]),
    }),
    optional: ["enabled"],
  },
  "gcp.resourcemanager.project": {
    whole: fc.record({
      displayName: text,
      number: constantFrom("42", "7"),
      createdAt: date,
      bindings: list(binding, 4),
      auditConfigs,
    }),
    optional: ["displayName", "number", "createdAt", "bindings", "auditConfigs"],
  },
  "gcp.serviceusage.project": {
    whole: fc.record({ enabledServices: fc.subarray(services) }),
    optional: ["enabledServices"],
  },
};
