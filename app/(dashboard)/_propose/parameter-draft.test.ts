import { expect, test } from "vitest";
import { parametersSchema } from "#lib/remediation/parameters.ts";
import type { ParameterSpec } from "#lib/remediation/playbook.ts";
import { draftOf, fieldsOf, problemsOf, valuesOf } from "./parameter-draft.ts";

const about = { title: "A parameter", help: "What it does." };
const specs: Record<string, ParameterSpec> = {
  name: { ...about, type: "text", pattern: "[a-z]+", maxLength: 5 },
  note: { ...about, type: "text", optional: true },
  days: { ...about, type: "number", default: 90, min: 1, max: 365 },
  force: { ...about, type: "boolean", default: true },
  mode: { ...about, type: "choice", choices: [{ value: "a", title: "A" }] },
  exceptions: { ...about, type: "list", pattern: "[0-9./]+", maxItems: 2, default: ["10.0.0.0/8"] },
};

test("a form begins with the defaults", () => {
  expect(draftOf(specs)).toEqual({
    ...{ name: "", note: "", days: "90", force: true, mode: "", exceptions: "10.0.0.0/8" },
  });
});

test("what is filled in means what the server takes", () => {
  const draft = {
    name: " abc ",
    note: "",
    days: "7",
    force: false,
    mode: "a",
    exceptions: "10.0.0.0/8\n\n 1.2.3.4/32 ",
  };
  expect(problemsOf(specs, draft)).toEqual({});
  const values = valuesOf(specs, draft);
  expect(values).toEqual({
    ...{ name: "abc", days: 7, force: false, mode: "a", exceptions: ["10.0.0.0/8", "1.2.3.4/32"] },
  });
  expect(parametersSchema(specs).parse(values)).toEqual(values);
});

test("what the server would refuse is said beforehand", () => {
  const draft = {
    name: "ABC",
    note: "",
    days: "400",
    force: true,
    mode: "",
    exceptions: "10.0.0.0/8\nnowhere",
  };
  expect(problemsOf(specs, draft)).toEqual({
    name: "It is not of the form that is asked for.",
    days: "At most 365.",
    mode: "Choose one.",
    exceptions: 'Line 2: "nowhere" won\'t do.',
  });
  const refused = parametersSchema(specs).safeParse(valuesOf(specs, draft)).error?.issues ?? [];
  expect(new Set(refused.map(({ path }) => String(path[0])))).toEqual(
    new Set(["name", "days", "mode", "exceptions"]),
  );
});

test("a refusal by the server is shown at its field", () => {
  expect(fieldsOf(specs, { "exceptions.1": "No.", days: "At most 365." })).toEqual({
    exceptions: "Line 2: No.",
    days: "At most 365.",
  });
});
