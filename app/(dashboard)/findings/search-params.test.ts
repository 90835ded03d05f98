import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { usualColumns } from "./choices.ts";
import { findingsHref, listQuery, queryOf, readSearch, toggled, viewQuery } from "./hrefs.ts";
import { parseFindingQuery, parseFindingSearch } from "./search-params.ts";
import { joinWords, splitWords } from "./words.ts";

const nothing = parseFindingSearch({});

describe("the address of the findings", () => {
  it("reads nothing as the defaults", () => {
    expect(nothing).toEqual({
      state: "open",
      severity: [],
      cloud: [],
      account: [],
      service: [],
      region: [],
      check: [],
      assignee: [],
      owner: [],
      source: [],
      resource: [],
      due: "any",
      q: "",
      change: "opened",
      sort: "severity",
      group: "none",
      columns: usualColumns,
      tab: "finding",
    });
    expect(findingsHref(nothing)).toBe("/findings");
  });
  it("reads nonsense as absent", () => {
    const odd = { state: "maybe", severity: "high,nope", sort: ["x", "y"], q: "a".repeat(500), finding: "" };
    expect(parseFindingSearch(odd)).toEqual({ ...nothing, severity: ["high"] });
  });
  it("reads links from before findings had states", () => {
    expect(parseFindingSearch({ status: "resolved", scan: "scn_1", change: "resolved" })).toEqual({
      ...nothing,
      state: "resolved",
      scan: "scn_1",
      change: "resolved",
    });
  });
  it("survives the way there and back, commas and empty values included", () => {
    const search = {
      ...nothing,
      severity: ["high", "low"],
      q: "a&b,c ü",
      region: ["eu-west-1", "global"],
      owner: ["", "~", "team a, b", "100%2C"],
      sort: "oldest",
      group: "check",
      finding: "fnd_1",
      tab: "activity",
    } as const satisfies typeof nothing | object;
    const { searchParams } = new URL(
      findingsHref({ ...nothing, ...search } as typeof nothing),
      "http://x.test",
    );
    expect(parseFindingQuery(searchParams)).toEqual(search);
  });
  it("is read in the browser as on the server", () => {
    const words = fc.constantFrom("", "high", "low,high", "aws", "me", "~", "a,b%2Cc", "all", "due", "nope");
    const names = ["state", "status", "severity", "cloud", "owner", "assignee", "due", "q", "scan", "change"];
    const more = ["sort", "group", "columns", "view", "finding", "tab", "source", "resource"];
    const query = fc.array(fc.tuple(fc.constantFrom(...names, ...more), words), { maxLength: 8 });
    fc.assert(
      fc.property(query, (pairs) => {
        const params = new URLSearchParams(pairs);
        const read = Object.fromEntries(
          Object.entries(readSearch(params)).filter(([, value]) => value !== undefined),
        );
        expect(read).toEqual(parseFindingQuery(params));
      }),
    );
  });
  it("says alike what lists alike, whatever the panel and the columns are", () => {
    const seen = {
      ...nothing,
      columns: [...usualColumns].slice(1),
      finding: "fnd_1",
      group: "check" as const,
    };
    expect(listQuery(seen)).toBe(listQuery(nothing));
    expect(viewQuery({ ...seen, view: "viw_1" })).toBe("columns=account,assignee,state,due,age&group=check");
  });
  it("forgets what only made sense with what is gone", () => {
    const seen = {
      ...nothing,
      finding: "fnd_1",
      tab: "activity",
      scan: "scn_1",
      change: "resolved",
    } as const;
    expect(queryOf({ ...nothing, ...seen }, { finding: undefined, scan: undefined })).toBe("");
  });
  it("puts a value on and takes it off", () => {
    expect(queryOf(nothing, toggled(nothing, "service", "s3"))).toBe("service=s3");
    const both = { ...nothing, service: ["s3", "ec2"] };
    expect(queryOf(both, toggled(both, "service", "s3"))).toBe("service=ec2");
  });
});

describe("words", () => {
  it("come back as they were joined", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 20 }), (values) => {
        expect(splitWords(joinWords(values))).toEqual(values);
      }),
    );
  });
});
