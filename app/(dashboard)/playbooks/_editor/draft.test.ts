import { expect, test } from "vitest";
import { PlaybookDocument } from "#lib/remediation/playbook-document.ts";
import { builtInPlaybooks } from "#lib/remediation/playbooks/index.ts";
import { documentOf } from "../playbook-text.ts";
import { emptyAction, emptyDraft } from "./draft.ts";
import { readDraft } from "./read-draft.ts";
import { writeDocument } from "./write-document.ts";

test.each(builtInPlaybooks.map((playbook) => [playbook.id, playbook] as const))(
  "the form holds all of %s",
  (_id, playbook) => {
    // A default that is an empty list is what leaving it out means.
    const plain = PlaybookDocument.parse(JSON.parse(JSON.stringify(documentOf(playbook))));
    for (const spec of Object.values(plain.parameters)) {
      if (spec.type === "list" && spec.default?.length === 0) delete spec.default;
    }
    const written = writeDocument(readDraft(JSON.parse(JSON.stringify(documentOf(playbook)))));
    expect({ ...written, document: PlaybookDocument.parse(written.document) }).toEqual({
      ...{ document: plain, problems: {} },
    });
  },
);

test("what is no JSON is said where it stands, and a name that is taken twice", () => {
  const draft = emptyDraft();
  const [first, second] = [
    { ...emptyAction(), with: "{" },
    { ...emptyAction(), when: "clouds: aws" },
  ];
  const parameters = readDraft({ parameters: { days: { type: "number" } } }).parameters;
  expect(
    writeDocument({
      ...draft,
      actions: [first, second],
      parameters: [...parameters, ...parameters],
    }).problems,
  ).toEqual({
    "actions.0.with": "This is no JSON.",
    "actions.1.when": "This is no JSON.",
    "parameters.days": "Two parameters have this name.",
  });
});

test("a document of another shape leaves the form as for a new one", () => {
  const { actions, ...read } = readDraft({
    category: "magic",
    approvals: 7,
    parameters: [],
    actions: "none",
  });
  const { actions: _, ...blank } = emptyDraft();
  expect({ ...read, actions }).toEqual({ ...blank, clouds: [], actions: [] });
});
