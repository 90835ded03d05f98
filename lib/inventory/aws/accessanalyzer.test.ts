import { expect, it } from "vitest";
import { accessAnalyzerRegion } from "./accessanalyzer.ts";
import { account, collect, failure, paged } from "./test-answers.ts";

const arn = (name: string) => `arn:aws:access-analyzer:eu-west-1:${account}:analyzer/${name}`;
const resource = {
  uid: `arn:aws:access-analyzer:eu-west-1:${account}:account-settings`,
  kind: "aws.accessanalyzer.region",
  account,
  region: "eu-west-1",
  name: "eu-west-1",
  tags: {},
};

/** An analyzer as ListAnalyzers documents it. */
const analyzer = (name: string, type: string, more: object = {}) => ({
  arn: arn(name),
  name,
  type,
  createdAt: "2020-01-03T20:28:36Z",
  lastResourceAnalyzed: `arn:aws:sns:eu-west-1:${account}:topic`,
  lastResourceAnalyzedAt: "2024-03-05T06:07:08Z",
  tags: { team: "security" },
  status: "ACTIVE",
  ...more,
});

it("lists the analyzers of a region over all pages, by name", async () => {
  const first = { analyzers: [analyzer("unused", "ACCOUNT_UNUSED_ACCESS")], nextToken: "t" };
  const failed = { status: "FAILED", statusReason: { code: "SERVICE_LINKED_ROLE_CREATION_FAILED" } };
  const rest = { analyzers: [analyzer("console-1", "ACCOUNT"), analyzer("all", "ORGANIZATION", failed)] };
  const read = await collect(accessAnalyzerRegion, {
    "GET /analyzer": paged("nextToken", JSON.stringify(first), JSON.stringify(rest)),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...resource,
      config: {
        analyzers: [
          {
            name: "all",
            arn: arn("all"),
            type: "ORGANIZATION",
            status: "FAILED",
            statusReason: "SERVICE_LINKED_ROLE_CREATION_FAILED",
          },
          {
            name: "console-1",
            arn: arn("console-1"),
            type: "ACCOUNT",
            status: "ACTIVE",
            statusReason: null,
          },
          {
            name: "unused",
            arn: arn("unused"),
            type: "ACCOUNT_UNUSED_ACCESS",
            status: "ACTIVE",
            statusReason: null,
          },
        ],
      },
      unread: [],
    },
  ]);
});

it("tells none from what could not be read", async () => {
  const none = await collect(accessAnalyzerRegion, { "GET /analyzer": JSON.stringify({ analyzers: [] }) });
  expect(none).toMatchObject({
    gaps: [],
    thrown: null,
    resources: [{ ...resource, config: { analyzers: [] }, unread: [] }],
  });

  const first = JSON.stringify({ analyzers: [analyzer("console-1", "ACCOUNT")], nextToken: "t" });
  const cases = [
    [failure("AccessDeniedException", 403), "denied"],
    ["{}", "malformed"],
    [JSON.stringify({ analyzers: [{ name: "console-1", arn: arn("console-1") }] }), "malformed"],
    [paged("nextToken", first, failure("AccessDeniedException", 403)), "denied"],
  ] as const;
  for (const [answer, code] of cases) {
    const read = await collect(accessAnalyzerRegion, { "GET /analyzer": answer });
    expect(read.resources).toEqual([{ ...resource, config: {}, unread: ["analyzers"] }]);
    expect(read.gaps).toMatchObject([
      { operation: "access-analyzer:ListAnalyzers", resourceUid: resource.uid, code },
    ]);
  }
});
