import { describe, expect, it } from "vitest";
import { findingsHref, toggledHref } from "./hrefs.ts";
import { parseFindingSearch } from "./search-params.ts";

const nothing = parseFindingSearch({});

describe("the address of the findings", () => {
  it("reads nothing as the defaults", () => {
    expect(nothing).toEqual({
      status: "open",
      severity: [],
      cloud: [],
      account: [],
      service: [],
      region: [],
      check: [],
      q: "",
      sort: "severity",
      change: "opened",
    });
  });
  it("reads nonsense as absent", () => {
    const odd = { status: "maybe", severity: "high,nope", sort: ["x", "y"], q: "a".repeat(500), after: "" };
    expect(parseFindingSearch(odd)).toEqual({ ...nothing, severity: ["high"] });
  });
  it("survives the way there and back", () => {
    const search = parseFindingSearch({
      severity: "low,high",
      q: "a&b,c ü",
      region: "eu-west-1,global",
      sort: "oldest",
    });
    const { searchParams } = new URL(findingsHref(search), "http://x.test");
    expect(parseFindingSearch(Object.fromEntries(searchParams))).toEqual(search);
  });
  it("begins paging anew when a filter changes, and keeps it when only the panel does", () => {
    const deep = { ...nothing, after: "high~x~y", finding: "fnd_1" };
    expect(toggledHref(deep, "service", "s3")).toBe("/findings?service=s3");
    expect(findingsHref(deep, { finding: "fnd_2" })).toBe("/findings?after=high~x~y&finding=fnd_2");
    expect(toggledHref({ ...nothing, service: ["s3", "ec2"] }, "service", "s3")).toBe(
      "/findings?service=ec2",
    );
  });
});
