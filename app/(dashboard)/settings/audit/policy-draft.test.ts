import { expect, it } from "vitest";
import { draftOf, policyOf } from "./policy-draft.ts";

const policy = { retentionDays: 90, archiveMb: 50, categoryDays: { user: 400, scan: 120 } };

it("gives back the policy that it was made of", () => {
  const draft = draftOf({ ...policy, revision: 3 });
  expect(draft).toEqual({
    days: "90",
    archiveMb: "50",
    categories: [
      { category: "scan", days: "120" },
      { category: "user", days: "400" },
    ],
  });
  expect(policyOf(draft)).toEqual(policy);
});

it.each([
  ["too few days", { days: "29" }],
  ["no days", { days: "" }],
  ["half a day", { days: "90.5" }],
  ["files too small", { archiveMb: "4" }],
  ["a category kept no longer than the rest", { categories: [{ category: "scan", days: "90" }] }],
  ["no category", { categories: [{ category: "", days: "400" }] }],
  ["a category twice", { categories: Array(2).fill({ category: "scan", days: "400" }) }],
])("refuses %s", (_what, wrong) => {
  expect(policyOf({ ...draftOf({ ...policy, revision: 0 }), ...wrong })).toBeNull();
});
