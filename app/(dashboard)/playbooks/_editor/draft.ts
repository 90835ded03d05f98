import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { Risk } from "#lib/remediation/model.ts";
import type { ParameterSpec, PlaybookCategory, Prerequisite } from "#lib/remediation/playbook.ts";

export type ParameterType = ParameterSpec["type"];

/** A parameter as the form holds it: texts as typed, also where they are to mean numbers. */
export type ParameterRow = {
  /** Tells rows apart while they are typed. */
  key: string;
  name: string;
  type: ParameterType;
  title: string;
  help: string;
  /** A list's, one entry a line; a choice's, the value; `true` or `false` for yes and no. */
  begins: string;
  pattern: string;
  /** The longest text, the most entries. */
  most: string;
  min: string;
  max: string;
  optional: boolean;
  /** `value = Title`, one a line. */
  choices: string;
};

export type ActionRow = {
  key: string;
  id: string;
  title: string;
  kind: string;
  operation: string;
  timeoutSeconds: string;
  /** JSON; empty for none. */
  with: string;
  when: string;
};

export type EditorDraft = {
  id: string;
  title: string;
  description: string;
  category: PlaybookCategory;
  clouds: Cloud[];
  severity: Severity;
  fixes: string[];
  parameters: ParameterRow[];
  prerequisites: Prerequisite[];
  risk: Risk;
  approvals: "0" | "1" | "2";
  /** One sentence a line. */
  irreversible: string;
  leftToPeople: string;
  actions: ActionRow[];
};

export const newKey = (): string => crypto.randomUUID();

export const emptyParameter = (): ParameterRow => ({
  ...{ key: newKey(), name: "", type: "text", title: "", help: "", begins: "", pattern: "" },
  ...{ most: "", min: "", max: "", optional: false, choices: "" },
});

export const emptyAction = (): ActionRow => ({
  ...{ key: newKey(), id: "", title: "", kind: "aws", operation: "", timeoutSeconds: "60" },
  ...{ with: "", when: "" },
});

export const emptyDraft = (): EditorDraft => ({
  ...{ id: "", title: "", description: "", category: "other", clouds: ["aws"], severity: "medium" },
  ...{ fixes: [], parameters: [], prerequisites: ["write_identity", "resource_present", "check_failing"] },
  ...{ risk: "medium", approvals: "1", irreversible: "", leftToPeople: "", actions: [emptyAction()] },
});
