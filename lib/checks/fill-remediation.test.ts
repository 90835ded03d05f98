import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fillCommand, fillTerraform, fillText, placeholdersOf } from "./fill-remediation.ts";

const values = (name: string) =>
  placeholdersOf({ name, uid: `arn:aws:s3:::${name}`, region: "eu-west-1", account: "111122223333" });

/** What a shell makes of the words after `echo`, one per line. */
const words = (command: string) =>
  execFileSync("sh", ["-c", command.replace(/^show/, `printf '%s\\n'`)], { encoding: "utf8" })
    .split("\n")
    .slice(0, -1);

describe("fillCommand", () => {
  it("leaves plain values as they are", () => {
    expect(fillCommand("aws s3api x --bucket {name} --region {region}", values("logs-2024.prod"))).toEqual({
      text: "aws s3api x --bucket logs-2024.prod --region eu-west-1",
      left: [],
    });
  });

  it.each([
    "two words",
    "$(touch /tmp/owned)",
    "`id`",
    "a;id",
    "it's",
    `say "hi"`,
    "back\\slash",
    "<script>alert(1)</script>",
    "*",
    "~root",
    "$HOME",
    "wow!!",
  ])("reaches the shell as itself: %s", (name) => {
    const template = `show {name} s3://{name}/x '{"Name":"{name}"}' "in {name} between"`;
    const { text, left } = fillCommand(template, values(name));
    expect({ words: words(text), left }).toEqual({
      words: [name, `s3://${name}/x`, `{"Name":"${name}"}`, `in ${name} between`],
      left: [],
    });
  });

  it("puts the flags of a long command on lines of their own, and it stays one command", () => {
    const template = `show {name} --one {region} --two '{"a": "b --c"}' --three ${"x".repeat(60)} --four "{account}"`;
    const { text } = fillCommand(template, values("a b"));
    expect(text.split("\n")).toHaveLength(5);
    expect(words(text)).toEqual([
      "a b",
      ...[
        "--one",
        "eu-west-1",
        "--two",
        '{"a": "b --c"}',
        "--three",
        "x".repeat(60),
        "--four",
        "111122223333",
      ],
    ]);
  });

  it("leaves a comment on its line", () => {
    const template = `show --one ${"x".repeat(60)} # then see --two {name}`;
    expect(words(fillCommand(template, values("a")).text)).toEqual(["--one", "x".repeat(60)]);
  });

  it.each(["line\nbreak", "esc\u001b[2J", "bell\u0003", "over\u202eride", ""])(
    "leaves the placeholder for %j",
    (name) => {
      expect(fillCommand("x {name}", values(name))).toEqual({ text: "x {name}", left: ["name"] });
    },
  );
});

describe("fillTerraform", () => {
  it("keeps values inside their string", () => {
    expect(fillTerraform(`bucket = "{name}"`, values(`a"b\\c\${d}%{e}`))).toEqual({
      text: `bucket = "a\\"b\\\\c$\${d}%%{e}"`,
      left: [],
    });
  });
});

describe("fillText", () => {
  it("knows the last part of the uid", () => {
    const resource = {
      name: "web",
      uid: "arn:aws:ec2:eu-west-1:1:security-group/sg-0a",
      region: "eu-west-1",
      account: "1",
    };
    expect(fillText("Open {id} of {account}.", placeholdersOf(resource))).toBe("Open sg-0a of 1.");
  });
});
