import { expect, it } from "vitest";
import { alertPolicies } from "./monitoring.ts";
import { collect, paged, rpcFailure } from "./test-answers.ts";

const list = "GET monitoring.googleapis.com/v3/projects/example-project/alertPolicies";
const name = (id: string) => `projects/example-project/alertPolicies/${id}`;
const channel = "projects/example-project/notificationChannels/1";

/** As the guide shows policies: https://docs.cloud.google.com/monitoring/alerts/policies-in-json */
const policy = (id: string, rest: object) => ({
  name: name(id),
  displayName: `Policy ${id}`,
  combiner: "OR",
  enabled: true,
  creationRecord: { mutateTime: "2024-02-01T10:20:30.123456789Z", mutatedBy: "ann@example.com" },
  ...rest,
});
const resource = (id: string, config: object, rest: object = {}) => ({
  uid: `//monitoring.googleapis.com/${name(id)}`,
  kind: "gcp.monitoring.alert-policy",
  account: "example-project",
  region: "global",
  name: `Policy ${id}`,
  tags: {},
  config: { enabled: true, combiner: "OR", notificationChannels: [], ...config },
  unread: [],
  ...rest,
});
const threshold = {
  name: `${name("1")}/conditions/7`,
  displayName: "any",
  conditionThreshold: {
    filter: 'metric.type="logging.googleapis.com/user/m" AND resource.type="global"',
    comparison: "COMPARISON_GT",
    duration: "0s",
    trigger: { count: 1 },
    aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_COUNT" }],
  },
};

it("reads policies over pages, with each sort of condition", async () => {
  const read = await collect(alertPolicies, {
    [list]: paged(
      {
        alertPolicies: [
          policy("1", {
            conditions: [threshold],
            notificationChannels: [channel],
            userLabels: { team: "security" },
          }),
          policy("2", {
            enabled: false,
            combiner: "AND",
            conditions: [
              { conditionAbsent: { filter: 'metric.type="a"', duration: "300s" } },
              { conditionMatchedLog: { filter: "severity>=ERROR" } },
            ],
          }),
        ],
        totalSize: 4,
        nextPageToken: "2",
      },
      {
        alertPolicies: [
          policy("3", {
            combiner: undefined,
            conditions: [{ conditionMonitoringQueryLanguage: { query: "fetch global" } }],
          }),
          policy("4", {
            displayName: undefined,
            combiner: "COMBINE_UNSPECIFIED",
            conditions: [
              { conditionPrometheusQueryLanguage: { query: "up == 0" } },
              { conditionSql: { query: "SELECT 1" } },
              { conditionOfTomorrow: {} },
            ],
          }),
        ],
        totalSize: 4,
      },
    ),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    resource(
      "1",
      {
        conditions: [{ name: "any", type: "threshold", text: threshold.conditionThreshold.filter }],
        notificationChannels: [channel],
      },
      { tags: { team: "security" } },
    ),
    resource("2", {
      enabled: false,
      combiner: "AND",
      conditions: [
        { name: null, type: "absence", text: 'metric.type="a"' },
        { name: null, type: "log", text: "severity>=ERROR" },
      ],
    }),
    resource("3", { combiner: null, conditions: [{ name: null, type: "mql", text: "fetch global" }] }),
    resource(
      "4",
      {
        combiner: null,
        conditions: [
          { name: null, type: "promql", text: "up == 0" },
          { name: null, type: "sql", text: "SELECT 1" },
          { name: null, type: "other", text: "" },
        ],
      },
      { name: "4" },
    ),
  ]);
});

it("doesn't guess whether a policy is on", async () => {
  const read = await collect(alertPolicies, {
    [list]: { alertPolicies: [policy("1", { enabled: undefined, conditions: [threshold] })] },
  });
  expect(read.resources.map(({ config, unread }) => ["enabled" in config, unread])).toEqual([
    [false, ["enabled"]],
  ]);
  expect(read.gaps).toMatchObject([{ operation: "monitoring.alertPolicies.list", code: "malformed" }]);
});

it("throws when the list is refused", async () => {
  const read = await collect(alertPolicies, { [list]: rpcFailure(403, "PERMISSION_DENIED") });
  expect(read).toMatchObject({ resources: [], thrown: { operation: "monitoring.alertPolicies.list" } });
});
