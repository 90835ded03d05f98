import { expect, test } from "vitest";
import { planOf } from "#components/remediation/test-plan.ts";
import { sayMeaning } from "./say-meaning.ts";

test("an approval says what may then be changed, and until when", () => {
  expect(sayMeaning([planOf(), planOf({ accountNames: ["staging"] })], true, "Mon 2 Mar, 13:00 (UTC)")).toBe(
    "4 resources in production and staging may then be changed, exactly as shown and in no other way. It can be taken back afterwards. Your approval holds until Mon 2 Mar, 13:00 (UTC).",
  );
});

test("it says what can't be undone, and that another has to approve it as well", () => {
  expect(sayMeaning([planOf({ reversible: false, approvalsNeeded: 2, resources: 1 })], true, undefined)).toBe(
    "1 resource in production may then be changed, exactly as shown and in no other way. Part of it can't be undone. Somebody else has to approve it as well.",
  );
});

test("a rejection changes nothing", () => {
  expect(sayMeaning([planOf()], false, undefined)).toBe("Nothing is changed, and Priya Raman is told why.");
});
