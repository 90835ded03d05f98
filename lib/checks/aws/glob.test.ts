import fc from "fast-check";
import { expect, it } from "vitest";
import { actionMatches, globMatches } from "./glob.ts";

it.each([
  ["*", "", true],
  ["*", "s3:GetObject", true],
  ["s3:Get*", "s3:GetObject", true],
  ["s3:*Object", "s3:GetObject", true],
  ["s3:*Object", "s3:GetObjectAcl", false],
  ["s3:Get?bject", "s3:GetObject", true],
  ["s3:Get?", "s3:Get", false],
  ["a*b*c", "aXbYbZc", true],
  ["", "a", false],
  // Containment of patterns.
  ["iam:*", "iam:*", true],
  ["*", "iam:*", true],
  ["iam:Get*", "iam:*", false],
  ["iam:?", "iam:*", false],
  ["iam:**", "iam:*", true],
])("%s against %s is %s", (pattern, text, expected) => {
  expect(globMatches(pattern, text)).toBe(expected);
});

it("compares actions without case", () => {
  expect(actionMatches("IAM:*", "iam:CreateUser")).toBe(true);
});

it("agrees with a regular expression", () => {
  const letters = fc.array(fc.constantFrom("a", "b", ":"), { maxLength: 12 }).map((all) => all.join(""));
  const patterns = fc
    .array(fc.constantFrom("a", "b", ":", "*", "?"), { maxLength: 8 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(patterns, letters, (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
      expect(globMatches(pattern, text)).toBe(expected);
    }),
  );
});
