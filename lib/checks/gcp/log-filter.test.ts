import { describe, expect, it } from "vitest";
import { parseLogFilter } from "./log-filter.ts";

const compare = (field: string, comparator: string, value: string) => ({
  op: "compare",
  field: field.split("."),
  comparator,
  value,
});
const a = { op: "text", value: "a" };
const b = { op: "text", value: "b" };
const c = { op: "text", value: "c" };
const d = { op: "text", value: "d" };

describe("parseLogFilter", () => {
  it.each([
    ["", { op: "and", parts: [] }],
    ["  -- all of it\n ", { op: "and", parts: [] }],
    ['resource.type = "gce_network"', compare("resource.type", "=", "gce_network")],
    ["resource.type=gce_network", compare("resource.type", "=", "gce_network")],
    ["protoPayload.@type:AuditLog", compare("protoPayload.@type", ":", "AuditLog")],
    ["severity>=ERROR", compare("severity", ">=", "ERROR")],
    ["logName:*", compare("logName", ":", "*")],
    ['m=~"v1\\.compute\\.(a|b)"', compare("m", "=~", "v1\\.compute\\.(a|b)")],
    ['m!~"x"', compare("m", "!~", "x")],
    ['"a \\"quoted\\" word"', { op: "text", value: 'a "quoted" word' }],
    ["'a'", a],
  ])("takes apart %j", (text, filter) => {
    expect(parseLogFilter(text)).toEqual(filter);
  });

  it("binds OR more tightly than AND, and NOT more than both", () => {
    const expected = {
      op: "and",
      parts: [
        { op: "or", parts: [a, { op: "not", part: b }] },
        { op: "or", parts: [{ op: "not", part: c }, d] },
      ],
    };
    expect(parseLogFilter('"a" OR NOT "b" AND NOT "c" OR "d"')).toEqual(expected);
    expect(parseLogFilter("a OR -b\n-c OR d")).toEqual(expected);
  });
  it("joins what stands side by side by AND, and heeds parentheses and comments", () => {
    expect(parseLogFilter("a b -- and then\n(c AND d)")).toEqual({
      op: "and",
      parts: [a, b, { op: "and", parts: [c, d] }],
    });
  });
  it("bears any number of negations", () => {
    expect(parseLogFilter(`${"NOT ".repeat(4_999)}a`)).toEqual({ op: "not", part: a });
    expect(parseLogFilter(`${"NOT ".repeat(5_000)}a`)).toEqual(a);
  });
  it("knows small letters for words", () => {
    expect(parseLogFilter("a or b")).toEqual({ op: "and", parts: [a, { op: "text", value: "or" }, b] });
  });
  it("spreads one field over several values", () => {
    expect(parseLogFilter('x.y=("a" OR NOT "b") AND c')).toEqual({
      op: "and",
      parts: [
        { op: "or", parts: [compare("x.y", "=", "a"), { op: "not", part: compare("x.y", "=", "b") }] },
        c,
      ],
    });
  });
  it("keeps a quoted name in a path whole", () => {
    expect(parseLogFilter('labels."k8s.io/app".x="b"')).toEqual({
      op: "compare",
      field: ["labels", "k8s.io/app", "x"],
      comparator: "=",
      value: "b",
    });
  });
  it("knows functions", () => {
    expect(parseLogFilter('LOG_ID("cloudaudit.googleapis.com/activity") OR sample(insertId, 0.1)')).toEqual({
      op: "or",
      parts: [
        { op: "call", name: "log_id", arguments: ["cloudaudit.googleapis.com/activity"] },
        { op: "call", name: "sample", arguments: ["insertId", "0.1"] },
      ],
    });
  });
  it.each(["(", ")", "a AND", "AND a", "x=", "x=(", '"open', "x = = y", "f(a b)", "(".repeat(500), "a ! b"])(
    "doesn't make sense of %j",
    (text) => {
      expect(parseLogFilter(text)).toBeUndefined();
    },
  );
});
