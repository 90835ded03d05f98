import { describe, expect, it } from "vitest";
import type { FindingGroup } from "#db/findings/queries.ts";
import { summariseFacets } from "./facets.ts";
import { parseFindingSearch } from "./search-params.ts";

const group = (given: Partial<FindingGroup>): FindingGroup => ({
  status: "open",
  severity: "high",
  accountId: "acc_1",
  service: "s3",
  region: "eu-west-1",
  checkId: "aws.s3.one",
  count: 1,
  ...given,
});

const labels = {
  cloud: (id: string) => id.toUpperCase(),
  account: (id: string) => `Account ${id}`,
  service: (id: string) => id,
  check: (id: string) => id,
};

describe("summariseFacets", () => {
  const groups = [
    group({ count: 5 }),
    group({ severity: "low", count: 7 }),
    group({ service: "ec2", accountId: "acc_2", count: 11 }),
    group({ status: "resolved", count: 13 }),
  ];

  it("counts each facet without its own choice", () => {
    const summary = summariseFacets(groups, parseFindingSearch({ severity: "high", service: "s3" }), labels);
    expect({ ...summary, facets: summary.facets.filter(({ name }) => name === "service") }).toEqual({
      total: 5,
      statuses: { open: 5, resolved: 13, all: 18 },
      severities: { critical: 0, high: 5, medium: 0, low: 7, info: 0 },
      facets: [
        {
          name: "service",
          label: "Service",
          values: [
            { value: "ec2", label: "ec2", count: 11, chosen: false },
            { value: "s3", label: "s3", count: 5, chosen: true },
          ],
        },
      ],
    });
  });

  it("tells a finding's cloud by its check", () => {
    const mixed = [...groups, group({ checkId: "gcp.dns.zone-dnssec", service: "dns", count: 3 })];
    const summary = summariseFacets(mixed, parseFindingSearch({ cloud: "gcp,mars" }), labels);
    expect(summary.total).toBe(3);
    expect(summary.facets.find(({ name }) => name === "cloud")?.values).toEqual([
      { value: "aws", label: "AWS", count: 23, chosen: false },
      { value: "gcp", label: "GCP", count: 3, chosen: true },
    ]);
  });

  it("keeps a chosen value in sight when nothing has it any more", () => {
    const summary = summariseFacets([], parseFindingSearch({ account: "acc_9" }), labels);
    expect(summary.facets.find(({ name }) => name === "account")?.values).toEqual([
      { value: "acc_9", label: "Account acc_9", count: 0, chosen: true },
    ]);
  });
});
