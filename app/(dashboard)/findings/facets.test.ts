import { describe, expect, it } from "vitest";
import type { FacetCounts } from "#db/findings/model.ts";
import { labelFacets } from "./facets.ts";
import { parseFindingSearch } from "./search-params.ts";

const labels = {
  cloud: (id: string) => id.toUpperCase(),
  account: (id: string) => `Account ${id}`,
  service: (id: string) => id,
  check: (id: string) => id,
  source: (id: string) => id,
};

const counts: FacetCounts = {
  total: 12,
  states: [
    { value: "new", count: 7 },
    { value: "in_progress", count: 5 },
    { value: "resolved", count: 3 },
  ],
  severities: [{ value: "high", count: 12 }],
  clouds: [{ value: "aws", count: 12 }],
  accounts: [],
  services: [
    { value: "ec2", count: 2 },
    { value: "s3", count: 10 },
  ],
  regions: [],
  checks: [],
  assignees: [
    { value: "", name: "", count: 9 },
    { value: "usr_1", name: "Ann", count: 2 },
    { value: "usr_2", name: "Bo", count: 1 },
  ],
  owners: [{ value: "", count: 12 }],
  sources: [],
  due: { overdue: 4, soon: 1 },
};

const facetsOf = (view: ReturnType<typeof labelFacets>, name: string) =>
  view.facets.find((facet) => facet.name === name)?.values;

describe("labelFacets", () => {
  it("adds up the states that a choice stands for", () => {
    const { total, states, severities, due } = labelFacets(counts, parseFindingSearch({}), labels, "usr_1");
    expect({ total, states, severities, due }).toEqual({
      total: 12,
      states: { open: 12, new: 7, in_progress: 5, muted: 0, accepted: 0, resolved: 3, all: 15 },
      severities: { critical: 0, high: 12, medium: 0, low: 0, info: 0 },
      due: { overdue: 4, soon: 1 },
    });
  });
  it("puts the most frequent first, and calls the reader and nobody by what they are", () => {
    const view = labelFacets(counts, parseFindingSearch({}), labels, "usr_1");
    expect(facetsOf(view, "service")?.map(({ value }) => value)).toEqual(["s3", "ec2"]);
    expect(facetsOf(view, "assignee")).toEqual([
      { value: "nobody", label: "Nobody", count: 9 },
      { value: "me", label: "Me", count: 2 },
      { value: "usr_2", label: "Bo", count: 1 },
    ]);
    expect(facetsOf(view, "owner")).toEqual([{ value: "", label: "None", count: 12 }]);
  });
  it("keeps a chosen value in sight when nothing has it any more", () => {
    const view = labelFacets(counts, parseFindingSearch({ account: "acc_9" }), labels, "usr_1");
    expect(facetsOf(view, "account")).toEqual([{ value: "acc_9", label: "Account acc_9", count: 0 }]);
  });
});
