import { expect, test } from "vitest";
import type { Json } from "#lib/remediation/model.ts";
import { listChanges, nameOutputs, stateText } from "./changes.ts";

test("names what is removed from a list, and leaves out what stays", () => {
  const rule = (port: number, cidr: string) => ({ protocol: "tcp", port, cidr });
  expect(
    listChanges(
      { rules: [rule(22, "0.0.0.0/0"), rule(443, "10.0.0.0/8")], note: "web" },
      { rules: [rule(443, "10.0.0.0/8")], note: "web" },
    ),
  ).toEqual({
    lines: [
      {
        id: "0",
        path: "rules › 0.0.0.0/0",
        kind: "removed",
        before: {
          lines: [
            { path: "protocol", text: "tcp" },
            { path: "port", text: "22" },
            { path: "cidr", text: "0.0.0.0/0" },
          ],
          more: 0,
        },
        after: null,
      },
    ],
    more: false,
  });
});

test("a state that is no object is compared too", () => {
  const kinds = (before: Json, after: Json) =>
    listChanges(before, after).lines.map(({ path, kind }) => [path, kind]);
  expect(kinds(null, { Status: "Enabled" })).toEqual([["Status", "added"]]);
  expect(kinds("on", "off")).toEqual([["state", "changed"]]);
});

test("what only the provider can say is said to be so", () => {
  expect(nameOutputs({ key: { $output: "create.AccessKey.Id" }, both: [{ $output: "make" }] })).toEqual({
    key: "‹AccessKey.Id answered by create›",
    both: ["‹what is answered by make›"],
  });
  // A document that happens to have such a field among others is shown as it is.
  expect(stateText({ $output: "x", other: 1 })).toBe('{\n  "$output": "x",\n  "other": 1\n}');
});
