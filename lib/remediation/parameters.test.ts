import { describe, expect, it } from "vitest";
import { parametersSchema } from "./parameters.ts";
import type { ParameterSpec } from "./playbook.ts";

const about = { title: "It", help: "What it does." };
const specs: Record<string, ParameterSpec> = {
  bucket: { ...about, type: "text", pattern: "[a-z0-9-]+", maxLength: 20 },
  note: { ...about, type: "text", optional: true },
  days: { ...about, type: "number", default: 90, min: 1, max: 365 },
  keep: { ...about, type: "boolean", default: true },
  mode: {
    ...about,
    type: "choice",
    choices: [
      { value: "a", title: "A" },
      { value: "b", title: "B" },
    ],
    default: "a",
  },
  exceptions: { ...about, type: "list", pattern: "[0-9./]+", maxItems: 2 },
};
const parse = (values: Record<string, unknown>) => {
  const parsed = parametersSchema(specs).safeParse(values);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

describe("parameters", () => {
  it("fill in defaults and leave out what nobody gave", () => {
    const expected = { bucket: "logs", days: 90, keep: true, mode: "a", exceptions: [] };
    expect(parse({ bucket: " logs " })).toEqual(expected);
    expect(parse({ bucket: "logs", note: " ", days: null, mode: "" })).toEqual(expected);
  });

  it("take what is given", () => {
    const given = { bucket: "logs", note: "x", days: 1, keep: false, mode: "b", exceptions: ["10.0.0.0/8"] };
    expect(parse(given)).toEqual(given);
  });

  it("say what is wrong with each", () => {
    expect(
      parse({ days: 0, keep: "yes", mode: "c", exceptions: ["10.0.0.0/8", "x", "1"], other: 1 }),
    ).toEqual([
      "bucket: Give a value.",
      "days: At least 1.",
      "keep: true or false.",
      "mode: One of a, b.",
      "exceptions: At most 2 entries.",
      ': Unrecognized key: "other"',
    ]);
    expect(parse({ bucket: "x", exceptions: ["x"] })).toEqual(["exceptions.0: Must match [0-9./]+."]);
    expect(parse({ bucket: "a\nb" })).toEqual(["bucket: Must match [a-z0-9-]+."]);
    expect(parse({ bucket: "a".repeat(21) })).toEqual(["bucket: At most 20 characters."]);
  });
});
