import { expect, it } from "vitest";
import { metrics, sinks } from "./logging.ts";
import { collect, paged, rpcFailure } from "./test-answers.ts";

const listSinks = "GET logging.googleapis.com/v2/projects/example-project/sinks";
const listMetrics = "GET logging.googleapis.com/v2/projects/example-project/metrics";

const place = { account: "example-project", region: "global", tags: {}, unread: [] };

it("reads sinks over pages; what is empty or false is left out of the answer", async () => {
  const read = await collect(sinks, {
    [listSinks]: paged(
      {
        sinks: [
          {
            name: "_Required",
            destination: "logging.googleapis.com/projects/example-project/locations/global/buckets/_Required",
            filter: 'LOG_ID("cloudaudit.googleapis.com/activity")',
            resourceName: "projects/example-project/sinks/_Required",
          },
        ],
        nextPageToken: "2",
      },
      {
        sinks: [
          {
            name: "all",
            destination: "storage.googleapis.com/example-logs",
            exclusions: [{ name: "noise", filter: "severity<INFO", disabled: true }],
            disabled: true,
            createTime: "2024-02-01T10:20:30.123456789Z",
            writerIdentity: "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com",
          },
        ],
      },
    ),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      kind: "gcp.logging.sink",
      uid: "//logging.googleapis.com/projects/example-project/sinks/_Required",
      name: "_Required",
      config: {
        destination: "logging.googleapis.com/projects/example-project/locations/global/buckets/_Required",
        filter: 'LOG_ID("cloudaudit.googleapis.com/activity")',
        disabled: false,
        exclusions: [],
      },
    },
    {
      ...place,
      kind: "gcp.logging.sink",
      uid: "//logging.googleapis.com/projects/example-project/sinks/all",
      name: "all",
      config: {
        destination: "storage.googleapis.com/example-logs",
        filter: null,
        disabled: true,
        exclusions: [{ name: "noise", filter: "severity<INFO", disabled: true }],
      },
    },
  ]);
});

it("reads metrics, of the project's entries or of a bucket's", async () => {
  const descriptor = (name: string) => ({
    name: `projects/example-project/metricDescriptors/logging.googleapis.com/user/${name}`,
    metricKind: "DELTA",
    valueType: "INT64",
    unit: "1",
    type: `logging.googleapis.com/user/${name}`,
  });
  const bucket = "projects/example-project/locations/global/buckets/_Required";
  const read = await collect(metrics, {
    [listMetrics]: {
      metrics: [
        {
          name: "errors/http",
          filter: "severity>=ERROR",
          metricDescriptor: descriptor("errors/http"),
          createTime: "2024-02-01T10:20:30.123456789Z",
        },
        {
          name: "owners",
          filter: "x",
          disabled: true,
          bucketName: bucket,
          metricDescriptor: descriptor("owners"),
        },
      ],
    },
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      kind: "gcp.logging.metric",
      uid: "//logging.googleapis.com/projects/example-project/metrics/errors/http",
      name: "errors/http",
      config: {
        type: "logging.googleapis.com/user/errors/http",
        filter: "severity>=ERROR",
        disabled: false,
        bucket: null,
      },
    },
    {
      ...place,
      kind: "gcp.logging.metric",
      uid: "//logging.googleapis.com/projects/example-project/metrics/owners",
      name: "owners",
      config: { type: "logging.googleapis.com/user/owners", filter: "x", disabled: true, bucket },
    },
  ]);
});

it("keeps the others when one lacks what every one has, and says that the list isn't whole", async () => {
  const read = await collect(sinks, {
    [listSinks]: {
      sinks: [{ name: "odd" }, { name: "all", destination: "storage.googleapis.com/example-logs" }],
    },
  });
  expect(read).toMatchObject({ resources: [{ name: "all" }], thrown: { operation: "logging.sinks.list" } });
});

it.each([
  [sinks, listSinks, "logging.sinks.list"],
  [metrics, listMetrics, "logging.logMetrics.list"],
] as const)("throws when the list is refused", async (collector, call, operation) => {
  const read = await collect<"gcp.logging.sink" | "gcp.logging.metric">(collector, {
    [call]: rpcFailure(403, "PERMISSION_DENIED"),
  });
  expect(read).toMatchObject({ resources: [], thrown: { operation } });
});
