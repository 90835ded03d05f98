import { describe, expect, it } from "vitest";
import { catalogue } from "#lib/checks/index.ts";
import { controlsOf, frameworkSchema, frameworks } from "./frameworks.ts";

describe.each(frameworks)("$framework $version", ({ cloud, controls }) => {
  it("numbers and names each control once", () => {
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
    expect(new Set(controls.map(({ title }) => title)).size).toBe(controls.length);
  });
  it("names only checks of its cloud that exist, each once per control", () => {
    const known = new Set(catalogue.map(({ id }) => id).filter((id) => id.startsWith(`${cloud}.`)));
    for (const { id, checks } of controls) {
      expect(new Set(checks).size, id).toBe(checks.length);
      expect(
        checks.filter((check) => !known.has(check)),
        id,
      ).toEqual([]);
    }
  });
});

describe("CIS AWS 7.0", () => {
  const controls = frameworks.find(({ framework }) => framework === "cis-aws")?.controls ?? [];
  it("has the benchmark's controls", () => {
    expect(controls.length).toBe(70);
  });
  it("covers every automated control", () => {
    const left = controls.filter(({ assessment, checks }) => assessment === "automated" && !checks.length);
    expect(left.map(({ id }) => id)).toEqual([]);
  });
});

describe("CIS Google Cloud 5.0", () => {
  const controls = frameworks.find(({ framework }) => framework === "cis-gcp")?.controls ?? [];
  it("has the benchmark's controls", () => {
    expect(controls.length).toBe(93);
  });
  it("covers every automated control", () => {
    const left = controls.filter(({ assessment, checks }) => assessment === "automated" && !checks.length);
    expect(left.map(({ id }) => id)).toEqual([]);
  });
});

describe("CIS Azure 6.0", () => {
  const controls = frameworks.find(({ framework }) => framework === "cis-azure")?.controls ?? [];
  it("has the benchmark's controls", () => {
    expect(controls.length).toBe(127);
  });
  it("covers every automated control", () => {
    const left = controls.filter(({ assessment, checks }) => assessment === "automated" && !checks.length);
    expect(left.map(({ id }) => id)).toEqual([]);
  });
});

describe("controlsOf", () => {
  it("finds every control of a check", () => {
    expect(controlsOf("aws.s3.bucket-block-public-access")).toEqual([
      { framework: "cis-aws", version: "7.0", id: "3.1.4" },
    ]);
    expect(controlsOf("aws.ec2.security-group-ssh").map(({ id }) => id)).toEqual(["6.3", "6.4"]);
  });
  it("finds none for a check outside the frameworks", () => {
    expect(controlsOf("aws.s3.bucket-versioning")).toEqual([]);
    expect(controlsOf("no.such.check")).toEqual([]);
  });
});

describe("frameworkSchema", () => {
  const valid = frameworks[0];
  it.each([
    { controls: [] },
    { source: "http://example.com" },
    { version: "seven" },
    { controls: [{ ...valid?.controls[0], level: 3 }] },
    { controls: [{ ...valid?.controls[0], assessment: "perhaps" }] },
    { controls: [{ ...valid?.controls[0], text: "more" }] },
  ])("refuses %j", (change) => {
    expect(frameworkSchema.safeParse({ ...valid, ...change }).success).toBe(false);
  });
});
