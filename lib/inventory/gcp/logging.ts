import { cut, required } from "../answers.ts";
import type { GcpCollector } from "./collector.ts";
import { listAll } from "./list.ts";
import { sinkOf } from "./log-sinks.ts";

/** Reads the log sinks of a project, among them the two that Google makes in each. */
export const sinks: GcpCollector<"gcp.logging.sink"> = {
  kind: "gcp.logging.sink",
  cloud: "gcp",
  service: "logging",
  scope: "global",
  permissions: ["logging.sinks.list"],
  async *collect(context) {
    const { account, clients } = context;
    const { projects } = await clients.logging();
    const listed = listAll(
      context,
      "logging.sinks.list",
      (page, options) =>
        projects.sinks.list({ parent: `projects/${account}`, pageSize: 1000, ...page }, options),
      (page) => page.sinks,
      // A project logs whether or not the API may be called.
      { whenDisabled: "fail" },
    );
    yield* context.each(listed, async (sink) => {
      const name = required(sink.name, "name");
      return {
        uid: `//logging.googleapis.com/projects/${account}/sinks/${name}`,
        kind: "gcp.logging.sink",
        account,
        region: "global",
        name,
        tags: {},
        config: sinkOf(sink),
        unread: [],
      };
    });
  },
};

/** Reads the log-based metrics of a project. */
export const metrics: GcpCollector<"gcp.logging.metric"> = {
  kind: "gcp.logging.metric",
  cloud: "gcp",
  service: "logging",
  scope: "global",
  permissions: ["logging.logMetrics.list"],
  async *collect(context) {
    const { account, clients } = context;
    const { projects } = await clients.logging();
    const listed = listAll(
      context,
      "logging.logMetrics.list",
      (page, options) =>
        projects.metrics.list({ parent: `projects/${account}`, pageSize: 1000, ...page }, options),
      (page) => page.metrics,
      { whenDisabled: "fail" },
    );
    yield* context.each(listed, async (metric) => {
      const name = required(metric.name, "name");
      return {
        uid: `//logging.googleapis.com/projects/${account}/metrics/${name}`,
        kind: "gcp.logging.metric",
        account,
        region: "global",
        name: cut(name),
        tags: {},
        config: {
          type: metric.metricDescriptor?.type ?? `logging.googleapis.com/user/${name}`,
          filter: required(metric.filter, "filter"),
          disabled: metric.disabled ?? false,
          bucket: metric.bucketName || null,
        },
        unread: [],
      };
    });
  },
};
