import { expect, test } from "vitest";
import { z } from "zod";
import { sayIssue } from "./issue-words.ts";

const schema = z.strictObject({
  id: z.string(),
  title: z.string().min(3),
  note: z.string().min(1),
  short: z.string().max(2),
  days: z.int().min(1),
  most: z.number().max(5),
  fixes: z.array(z.string()).min(1),
  some: z.array(z.string()).max(1),
  kind: z.enum(["a", "b"]),
  on: z.boolean(),
  said: z.string().regex(/x/, "Such as x."),
});

test("what is wrong is said in plain words", () => {
  const given = {
    ...{
      title: "a",
      note: "",
      short: "abc",
      days: 0,
      most: 6,
      fixes: [],
      some: ["a", "b"],
      kind: "c",
      on: "yes",
    },
    ...{ said: "y", more: 1 },
  };
  const issues = schema.safeParse(given).error?.issues ?? [];
  expect(Object.fromEntries(issues.map((issue) => [issue.path.join("."), sayIssue(issue)]))).toEqual({
    id: "It is missing.",
    title: "At least 3 characters.",
    note: "It is empty.",
    short: "At most 2 characters.",
    days: "At least 1.",
    most: "At most 5.",
    fixes: "At least one.",
    some: "At most 1 of them.",
    kind: "One of a, b.",
    on: "It must be true or false.",
    said: "Such as x.",
    "": 'There is no "more" here.',
  });
});
