import { expect, test } from "vitest";
import { draftOf, matchOf, problemOf, sayMatch, wordsIn } from "./match-draft.ts";

const everything = { actions: [], objectKinds: [], actors: [], results: [] };

test("words are told apart by what one would put between them, each once", () => {
  expect(wordsIn(" scan.*, user.invite\nscan.*;  plan.run,")).toEqual(["scan.*", "user.invite", "plan.run"]);
});

test("a match goes through its form and back", () => {
  const match = {
    ...{ actions: ["scan.*", "user.invite"], objectKinds: ["user"], actors: ["usr_1"] },
    results: ["failed" as const],
  };
  expect(matchOf(draftOf(match))).toEqual(match);
});

test("a match is said in a line", () => {
  expect([
    sayMatch(everything),
    sayMatch({ ...everything, results: ["done", "failed", "refused"] }),
    sayMatch({ ...everything, actions: ["scan.*"], objectKinds: ["scan"], results: ["failed", "refused"] }),
    sayMatch({ ...everything, results: ["failed"] }),
    sayMatch({ ...everything, actions: ["a", "b", "c", "d", "e"], actors: ["usr_1"] }),
  ]).toEqual([
    "Every entry",
    "Every entry",
    "scan.* · of scan · what failed or was refused",
    "What failed",
    "a, b, c and 2 more · by one actor",
  ]);
});

test("the problem of a list is that of its first wrong word", () => {
  expect(problemOf({ "filter.actions.1": "No.", name: "Taken." }, "filter.actions")).toBe("No.");
  expect(problemOf({ name: "Taken." }, "filter.actions")).toBeUndefined();
});
