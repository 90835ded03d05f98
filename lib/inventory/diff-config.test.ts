import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConfigChange, type Contents, diffContents, flattenValue } from "./diff-config.ts";

const contents = (given: Partial<Contents>): Contents => ({
  region: "eu-west-1",
  name: "web",
  tags: {},
  config: {},
  unread: [],
  ...given,
});

/** `kind path: before → after`, as a reader would note it. */
const note = ({ kind, path, before, after }: ConfigChange) =>
  `${kind} ${path.map((step) => ("field" in step ? step.field : `[${step.element}]`)).join(".")}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;

const diff = (before: Partial<Contents>, after: Partial<Contents>) =>
  diffContents(contents(before), contents(after)).changes.map(note);
const ofConfig = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  diff({ config: before }, { config: after });

describe("diffContents", () => {
  it("says which field changed, however deep, and nothing of the others", () => {
    expect(
      ofConfig({ a: { b: { c: 1, d: true } }, same: [1, 2] }, { a: { b: { c: 2, d: true } }, same: [1, 2] }),
    ).toEqual(["changed a.b.c: 1 → 2"]);
    expect(ofConfig({ versioning: "off" }, { versioning: null })).toEqual([
      'changed versioning: "off" → null',
    ]);
  });

  it("tells name, region and tags from the configuration", () => {
    expect(
      diff(
        { tags: { env: "dev", old: "1" } },
        { name: "api", region: "us-east-1", tags: { env: "prod", new: "2" } },
      ),
    ).toEqual([
      'changed name: "web" → "api"',
      'changed region: "eu-west-1" → "us-east-1"',
      'changed tags.env: "dev" → "prod"',
      'removed tags.old: "1" → undefined',
      'added tags.new: undefined → "2"',
    ]);
  });

  it("matches the elements of a list by what tells them apart, not by their place", () => {
    const rule = (id: string, port: number) => ({ id, port });
    expect(
      ofConfig(
        { rules: [rule("a", 22), rule("b", 80)] },
        { rules: [rule("new", 443), rule("b", 8080), rule("a", 22)] },
      ),
    ).toEqual([
      "changed rules.[b].port: 80 → 8080",
      'added rules.[new]: undefined → {"id":"new","port":443}',
    ]);
  });

  it("matches what nothing tells apart by what is alike", () => {
    const ssh = { protocol: "tcp", fromPort: 22, toPort: 22, peer: "10.0.0.0/8" };
    const web = { protocol: "tcp", fromPort: 443, toPort: 443, peer: "0.0.0.0/0" };
    expect(ofConfig({ ingress: [ssh, web] }, { ingress: [web, { ...ssh, peer: "0.0.0.0/0" }] })).toEqual([
      'changed ingress.[protocol tcp, fromPort 22, toPort 22].peer: "10.0.0.0/8" → "0.0.0.0/0"',
    ]);
  });

  it("counts equal elements of a list, and tells a new order from a change", () => {
    expect(ofConfig({ list: ["a", "b", "b"] }, { list: ["b", "a", "c"] })).toEqual([
      'removed list: "b" → undefined',
      'added list: undefined → "c"',
    ]);
    expect(ofConfig({ list: ["a", "b"] }, { list: ["b", "a"] })).toEqual([
      'reordered list: ["a","b"] → ["b","a"]',
    ]);
  });

  it("never takes what could not be read for removed, or what can be again for added", () => {
    const whole = contents({ config: { policy: { open: true }, kept: 1 } });
    const partly = contents({ config: { kept: 1 }, unread: ["policy"] });
    expect(diffContents(whole, partly).changes.map(note)).toEqual([
      'unread policy: {"open":true} → undefined',
    ]);
    expect(diffContents(partly, whole).changes.map(note)).toEqual(['read policy: undefined → {"open":true}']);
    expect(diffContents(partly, partly).changes).toEqual([]);
  });

  it("ends somewhere", () => {
    const many = (value: number) =>
      contents({ config: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`f${n}`, value])) });
    const { changes, more } = diffContents(many(1), many(2));
    expect({ length: changes.length, more }).toEqual({ length: 500, more: true });
  });

  it("finds nothing between equals, and something between any two that differ", () => {
    const config = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(config, config, (a, b) => {
        expect(ofConfig(a, structuredClone(a))).toEqual([]);
        const alike = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(ofConfig(a, b).length > 0).toBe(!alike);
      }),
      { numRuns: 300 },
    );
  });
});

it("flattens a value into lines, and counts those beyond the limit", () => {
  expect(
    flattenValue({ port: 22, peers: ["a", "b"], open: null, deep: { list: [{ x: 1 }, { x: 2 }] } }, 4),
  ).toEqual({
    lines: [
      { path: "port", text: "22" },
      { path: "peers", text: "a, b" },
      { path: "open", text: "none" },
      { path: "deep.list[1].x", text: "1" },
    ],
    more: 1,
  });
});

/** With the fields of every object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
