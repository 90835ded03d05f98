import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "#lib/errors.ts";
import { actionKinds, registerAction } from "./action-handler.ts";
import { cloudActions } from "./cloud-action.ts";
import { patternProblem } from "./pattern-problem.ts";
import { lineOf, type PlaybookFormat, parsePlaybook, validatePlaybook } from "./playbook-document.ts";

const yaml = `id: ACME-PUBLIC-BUCKET
title: Close a public bucket
description: Turns on Block Public Access.
category: exposure
clouds: [aws]
severity: high
fixes:
  - aws.s3.bucket-public-access
risk: low
approvals: 1
parameters:
  ticket:
    title: Ticket
    help: Such as ACME-12.
    type: text
    pattern: "ACME-[0-9]+"
actions:
  - id: block
    title: Block public access
    kind: aws
    operation: aws.s3.block-public-access
    timeoutSeconds: 60
`;
const about = { title: "Ticket", help: "Such as ACME-12." };
const playbook = {
  id: "ACME-PUBLIC-BUCKET",
  title: "Close a public bucket",
  description: "Turns on Block Public Access.",
  category: "exposure",
  clouds: ["aws"],
  severity: "high",
  fixes: ["aws.s3.bucket-public-access"],
  parameters: { ticket: { ...about, type: "text", pattern: "ACME-[0-9]+" } },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "low",
  approvals: 1,
  irreversible: [],
  leftToPeople: [],
  actions: [
    {
      id: "block",
      title: "Block public access",
      kind: "aws",
      operation: "aws.s3.block-public-access",
      timeoutSeconds: 60,
    },
  ],
} as const;

/** What is said of a text that is no playbook. */
function refusalOf(text: string, format: PlaybookFormat = "yaml"): string {
  try {
    parsePlaybook(text, format);
    return "accepted";
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid_input") return error.message;
    throw error;
  }
}

describe("a playbook's file", () => {
  it("is read as YAML and as JSON", () => {
    expect(parsePlaybook(yaml, "yaml")).toEqual(playbook);
    expect(parsePlaybook(JSON.stringify(playbook), "json")).toEqual(playbook);
  });

  it("may be the one that the documentation shows", () => {
    const docs = readFileSync(join(import.meta.dirname, "../../docs/playbooks.md"), "utf8");
    const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(docs) ?? [];
    expect(parsePlaybook(example, "yaml").actions.map(({ kind }) => kind)).toEqual([
      "aws",
      "notification",
      "webhook",
    ]);
  });

  it("is refused by line and path", () => {
    const wrong = yaml
      .replace("risk: low", "risk: none")
      .replace("timeoutSeconds: 60", "timeoutSeconds: 99999");
    expect(refusalOf(wrong)).toBe(
      `The playbook won't do. line 9: risk: One of low, medium, high.
line 22: actions.0.timeoutSeconds: At most 14000.`,
    );
    expect(refusalOf(yaml.replace("approvals: 1", "approvals: 1\nsudo: yes"))).toBe(
      'The playbook won\'t do. line 1: There is no "sudo" here.',
    );
    expect(refusalOf(yaml.replace("severity: high\n", ""))).toContain("line 1: severity: ");
  });

  it.each<[string, string, PlaybookFormat]>([
    ["It is no YAML: ", yaml.replace("clouds: [aws]", "clouds: [aws"), "yaml"],
    ["It is no YAML: Map keys must be unique", yaml.replace("risk: low", "risk: low\nrisk: high"), "yaml"],
    ["aliases", yaml.replace("fixes:\n", "fixes: &a\n").replace("risk: low", "risk: *a"), "yaml"],
    ["It is no YAML: Unresolved tag", yaml.replace("risk: low", "risk: !!js/function low"), "yaml"],
    ["It is no JSON: ", yaml, "json"],
    ["nested too deeply", `a: ${"[".repeat(30_000)}${"]".repeat(30_000)}`, "yaml"],
    ["65536 is the most", `${yaml}${"#".repeat(66_000)}`, "yaml"],
    ["a set of named values", "just words", "yaml"],
    ["There is no", `${yaml}__proto__: {}\n`, "yaml"],
  ])("is refused: %s", (words, text, format) => {
    expect(refusalOf(text, format)).toContain(words);
  });

  it.each<[string, object]>([
    ["irreversible", { irreversible: ["The key is gone."] }],
    ["approvals: Only what is of low risk may go without an approval.", { risk: "high", approvals: 0 }],
    ["actions.1.id: There are two actions block.", { actions: [playbook.actions[0], playbook.actions[0]] }],
    [
      "actions.0.with.x.0: There is no parameter other.",
      { actions: [{ ...playbook.actions[0], with: { x: [{ $parameter: "other" }] } }] },
    ],
    [
      "actions.0.when.not.any.0.parameter.name: There is no parameter other.",
      {
        actions: [
          { ...playbook.actions[0], when: { not: { any: [{ parameter: { name: "other", equals: 1 } }] } } },
        ],
      },
    ],
    ["fixes.1: aws.s3.bucket-acl is listed twice.", { fixes: ["aws.s3.bucket-acl", "aws.s3.bucket-acl"] }],
    ["parameters.ticket.pattern: ", { parameters: { ticket: { ...about, type: "text", pattern: "(a+)+" } } }],
    [
      "parameters.ticket.default: At least 5.",
      { parameters: { ticket: { ...about, type: "number", min: 5, default: 1 } } },
    ],
    ["id: An id of capitals", { id: "acme" }],
  ])("may not contradict itself: %s", (words, change) => {
    const message = refusalOf(JSON.stringify({ ...playbook, ...change }), "json");
    expect(message).toContain(words === "irreversible" ? "What can't be undone takes 2 approvals." : words);
  });

  it("has lines", () => {
    expect([lineOf(yaml, "actions.0.kind"), lineOf(yaml, "actions.0.with.x"), lineOf(yaml, "")]).toEqual([
      20, 18, 1,
    ]);
  });
});

describe("patterns", () => {
  it.each(["[a-z0-9-]+", "\\d{1,3}(\\.\\d{1,3}){3}(/\\d+)?", "arn:aws:s3:::[^*]+", "(a|b)c*"])(
    "takes %s",
    (pattern) => {
      expect(patternProblem(pattern)).toBeNull();
    },
  );
  it.each([
    ...["(a+)+", "(a|aa)*", "((a{2,})b)*", "(?=a)b", "(a)\\1", "[a-", "a*a*a*a*", "(?<!x)y"],
    // Ends, and after longer than anybody lives.
    ...["(a{1,50}){1,50}b", "(?:a?){40}a{40}", "(a|aa){1,60}b", "a?".repeat(60), "(a|aa)".repeat(30)],
  ])("refuses %s", (pattern) => {
    expect(patternProblem(pattern)).toMatch(/^It .*\.$/);
  });
});

describe("validation", () => {
  beforeAll(() => {
    if (!actionKinds().includes("aws")) registerAction("aws", cloudActions("aws"));
  });
  const problemsOf = (change: object) =>
    validatePlaybook(parsePlaybook(JSON.stringify({ ...playbook, ...change }), "json"));
  const action = playbook.actions[0];

  it("finds nothing wrong with what may be used", async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  it.each<[object, { path: string; message: string | RegExp }[]]>([
    [
      { id: "AWS-PUBLIC-S3" },
      [{ path: "id", message: "AWS-PUBLIC-S3 is a playbook that comes with Parapet: choose another id." }],
    ],
    [
      { fixes: [...playbook.fixes, "aws.s3.no-such"] },
      [{ path: "fixes.1", message: "There is no check aws.s3.no-such." }],
    ],
    [
      { actions: [{ ...action, operation: "aws.s3.no-such" }] },
      [{ path: "actions.0.operation", message: "There is no aws operation aws.s3.no-such." }],
    ],
    [
      { actions: [{ ...action, kind: "shell" }] },
      [
        {
          path: "actions.0.kind",
          message: expect.stringMatching(/^There is no kind of action shell; there are /),
        },
      ],
    ],
    [
      { actions: [{ ...action, with: { buckets: "all" } }] },
      [{ path: "actions.0.with.buckets", message: "aws.s3.block-public-access has no parameter buckets." }],
    ],
    [
      { fixes: ["aws.ec2.vpc-flow-logs"] },
      [
        {
          path: "actions.0.when",
          message:
            "aws.ec2.vpc-flow-logs is about aws.ec2.vpc, which aws.s3.block-public-access can't be done to.",
        },
        { path: "fixes.0", message: "No action of ACME-PUBLIC-BUCKET is done for aws.ec2.vpc-flow-logs." },
      ],
    ],
    [
      { actions: [{ ...action, when: { clouds: ["gcp"] } }] },
      [
        {
          path: "fixes.0",
          message: "No action of ACME-PUBLIC-BUCKET is done for aws.s3.bucket-public-access.",
        },
        { path: "actions.0.when", message: "Its condition is met by no check that the playbook fixes." },
      ],
    ],
    [{ clouds: ["aws", "gcp"] }, [{ path: "clouds.1", message: "The playbook fixes no check of gcp." }]],
  ])("says what is wrong: %j", async (change, expected) => {
    expect(await problemsOf(change)).toEqual(expected);
  });
});
