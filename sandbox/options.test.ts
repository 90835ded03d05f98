import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { makeCommand } from "./options.ts";

/** The options, or what stands on stderr when they are refused. */
function parse(...given: string[]): unknown {
  let errors = "";
  const command = makeCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (errors += text) });
  try {
    return command.parse(given, { from: "user" }).opts();
  } catch (error) {
    if (error instanceof CommanderError) return errors;
    throw error;
  }
}

const defaults = {
  port: 4600,
  azurePort: 0,
  gcpPort: 0,
  estate: "acme",
  scale: 1,
  latency: 0,
  throttle: 0,
  throttleRate: 0,
  deny: [],
  errors: 0,
  truncate: 0,
  seed: 1,
};

test("without options nothing is faulty", () => {
  expect(parse()).toEqual(defaults);
});

test("options are read, and --deny may be repeated", () => {
  expect(
    parse(
      "--port",
      "0",
      "--scale",
      "20",
      "--latency",
      "50",
      "--throttle",
      "100",
      "--errors",
      "0.1",
      "--deny",
      "s3:GetBucketPolicy",
      "--deny",
      "guardduty:*",
      "--deny",
      "Microsoft.Storage/storageAccounts/*",
      "--deny",
      "storage.buckets.list",
    ),
  ).toEqual({
    ...defaults,
    port: 0,
    scale: 20,
    latency: 50,
    throttle: 100,
    errors: 0.1,
    deny: [
      "s3:GetBucketPolicy",
      "guardduty:*",
      "Microsoft.Storage/storageAccounts/*",
      "storage.buckets.list",
    ],
  });
});

test.each([
  [
    "--deny",
    "everything",
    "option '--deny <action>' argument 'everything' is invalid. It must be a permission",
  ],
  ["--errors", "2", "option '--errors <rate>' argument '2' is invalid. It must be a number from 0 to 1."],
  ["--estate", "other", "option '--estate <name>' argument 'other' is invalid. There is acme."],
  [
    "--latency",
    "1.5",
    "option '--latency <ms>' argument '1.5' is invalid. It must be a whole number from 0 to 60000.",
  ],
  [
    "--port",
    "70000",
    "option '--port <n>' argument '70000' is invalid. It must be a whole number from 0 to 65535.",
  ],
])("%s %s is refused with a clear line", (option, value, message) => {
  expect(parse(option, value)).toContain(message);
});
