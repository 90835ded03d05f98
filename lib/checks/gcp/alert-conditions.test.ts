import { expect, it } from "vitest";
import { mentionsMetric } from "./alert-conditions.ts";

const metric = "logging.googleapis.com/user/fw-changes";

it.each([
  ["threshold", `metric.type="${metric}" AND resource.type="global"`],
  ["threshold", `resource.type = "global" AND metric.type = "${metric}"`],
  ["threshold", `metric.type = one_of("logging.googleapis.com/user/other", "${metric}")`],
  ["threshold", 'metric.type = starts_with("logging.googleapis.com/user/fw")'],
  ["mql", `fetch global | metric '${metric}' | align delta(1m) | condition val() > 0`],
  ["mql", `fetch global::${metric} | metric ${metric} | every 1m`],
  ["promql", "increase(logging_googleapis_com:user_fw_changes[5m]) > 0"],
  ["promql", "logging_googleapis_com:user_fw_changes_count > 0"],
  ["promql", `{"${metric}", monitored_resource="global"} > 0`],
  ["promql", `{__name__="${metric}"} > 0`],
] as const)("finds the metric in %s: %s", (type, text) => {
  expect(mentionsMetric({ name: null, type, text }, metric)).toBe(true);
});

it.each([
  ["threshold", `metric.type="${metric}-2"`],
  ["threshold", 'metric.type="logging.googleapis.com/user/fw"'],
  ["threshold", 'metric.type = starts_with("compute.googleapis.com/")'],
  ["absence", `metric.type="${metric}"`],
  ["promql", "logging_googleapis_com:user_fw_changes_2 > 0"],
  ["log", `textPayload:"${metric}"`],
  ["sql", `SELECT "${metric}"`],
] as const)("doesn't find it in %s: %s", (type, text) => {
  expect(mentionsMetric({ name: null, type, text }, metric)).toBe(false);
});
