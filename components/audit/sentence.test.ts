import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FindingChangeInput } from "#lib/findings/change-input.ts";
import { actOf, hasSentence, type Said, sentenceOf } from "./sentence.ts";

/** What stands for the parts of actions that the source puts together. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "remediation_plan.${decision}": ["remediation_plan.approve", "remediation_plan.reject"],
  "exception.${decision}": ["exception.grant", "exception.reject"],
  "finding.${act}": FindingChangeInput.options.map(({ shape }) => `finding.${shape.act.value}`),
};

/** Every action that the source appends. */
const actions = [
  ...new Set(
    globSync(["lib/**/*.ts", "app/**/*.ts", "cli/**/*.ts", "sandbox/**/*.ts"], {
      exclude: ["**/*.test.ts", "**/test-*.ts"],
    })
      .map((file) => readFileSync(file, "utf8"))
      .filter((source) => /audit/i.test(source))
      .flatMap((source) => [
        ...source.matchAll(
          /\baction: (?:[\w. =?!&|()]+\? )?(?:"|`)([a-z_-]+\.[\w${}-]+)(?:"|`)(?: : "([a-z_-]+\.[\w-]+)")?/g,
        ),
      ])
      .flatMap(([, first = "", second]) => [...(parts[first] ?? [first]), ...(second ? [second] : [])]),
  ),
].sort();

it("is told of every action that is appended", () => {
  expect(actions.length).toBeGreaterThan(70);
  expect(actions.filter((action) => !hasSentence(action))).toEqual([]);
});

const object = { kind: "remediation_plan", id: "pln_019a8c4411220123456789abcdef" };
const said = (entry: Partial<Said>) => ({ object, before: null, after: null, action: "", ...entry });
const maria = { kind: "user" as const, name: "Maria" };

it.each<[string, string]>([
  [
    sentenceOf({ ...said({ action: "remediation_plan.approve", after: { resources: 3 } }), actor: maria }),
    "Maria approved plan pln_…abcdef for 3 resources",
  ],
  [
    sentenceOf({
      ...said({ action: "user.disable", object: { kind: "user", id: "usr_1", name: "Ann" } }),
      actor: maria,
    }),
    "Maria disabled user “Ann”",
  ],
  [
    sentenceOf({
      ...said({ action: "scan.end", object: { kind: "scan", id: "scn_1" }, after: { status: "failed" } }),
      actor: { kind: "system", name: "worker" },
    }),
    "Parapet (worker) finished scan scn_1, failed",
  ],
  [
    actOf(said({ action: "remediation_plan.approve", result: "refused", after: { code: "own_plan" } })),
    "was not allowed to approve plan pln_…abcdef (own plan)",
  ],
  [
    actOf(
      said({
        action: "view.save",
        result: "failed",
        object: { kind: "view", id: "viw_1" },
        after: { name: "Mine" },
      }),
    ),
    "failed to save view “Mine”",
  ],
  [
    actOf(said({ action: "session.refuse", result: "refused", after: { reason: "wrong_password" } })),
    "was refused a sign-in: wrong password",
  ],
  [
    actOf(said({ action: "some.frobnicate", object: { kind: "some_thing", id: "x" } })),
    "did frobnicate some thing x",
  ],
  [
    actOf(said({ action: "audit_hold.place", object: { kind: "audit_hold", id: "hld_1" } })),
    "placed legal hold hld_1",
  ],
])("says %s", (sentence, expected) => expect(sentence).toBe(expected));
