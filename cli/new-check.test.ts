import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCheck } from "./new-check.ts";

const registry = `import { bucketVersioning } from "./s3/bucket-versioning.ts";
import type { AnyCheck } from "../model.ts";

/** Every check. */
export const awsChecks: readonly AnyCheck[] = [bucketVersioning];
`;
const kinds = `export interface S3Kinds {
  /** A bucket. */
  "aws.s3.account": { a?: boolean };
  "aws.s3.bucket": {
    b?: boolean;
  };
}
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "parapet-new-check-"));
  mkdirSync(join(root, "lib/checks/aws/s3"), { recursive: true });
  mkdirSync(join(root, "lib/inventory/aws"), { recursive: true });
  writeFileSync(join(root, "lib/checks/aws/index.ts"), registry);
  writeFileSync(join(root, "lib/checks/aws/s3/bucket-versioning.ts"), "// as it was\n");
  writeFileSync(join(root, "lib/inventory/aws/s3.kinds.ts"), kinds);
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (file: string) => readFileSync(join(root, file), "utf8");
const everything = () =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")])
    .sort();

describe("createCheck", () => {
  it("writes check and test, and lists the check in order", () => {
    expect(createCheck(root, { cloud: "aws", service: "s3", name: "bucket-logging" })).toEqual([
      "lib/checks/aws/s3/bucket-logging.ts",
      "lib/checks/aws/s3/bucket-logging.test.ts",
      "lib/checks/aws/index.ts",
    ]);
    createCheck(root, { cloud: "aws", service: "s3", name: "zone" });
    expect(read("lib/checks/aws/index.ts")).toBe(`import { bucketLogging } from "./s3/bucket-logging.ts";
import { bucketVersioning } from "./s3/bucket-versioning.ts";
import { s3Zone } from "./s3/zone.ts";
import type { AnyCheck } from "../model.ts";

/** Every check. */
export const awsChecks: readonly AnyCheck[] = [
  bucketLogging,
  bucketVersioning,
  s3Zone,
];
`);
    expect(read("lib/checks/aws/s3/bucket-logging.ts")).toContain('id: "aws.s3.bucket-logging"');
    expect(read("lib/checks/aws/s3/bucket-logging.ts")).toContain('resource: "aws.s3.bucket"');
    expect(read("lib/checks/aws/s3/zone.ts")).toContain('resource: "aws.s3.account"');
    expect(read("lib/checks/aws/s3/bucket-logging.test.ts")).toContain("testCheck(bucketLogging, {");
  });

  it("takes the kind it is told", () => {
    createCheck(root, { cloud: "aws", service: "s3", name: "bucket-x", resource: "aws.s3.account" });
    expect(read("lib/checks/aws/s3/bucket-x.ts")).toContain('resource: "aws.s3.account"');
  });

  it("tells two services' checks of one name apart", () => {
    writeFileSync(join(root, "lib/inventory/aws/glacier.kinds.ts"), kinds.replaceAll(".s3.", ".glacier."));
    createCheck(root, { cloud: "aws", service: "glacier", name: "bucket-versioning" });
    expect(read("lib/checks/aws/index.ts")).toContain(
      'import { glacierBucketVersioning } from "./glacier/bucket-versioning.ts";\nimport { bucketVersioning } from',
    );
  });

  it.each([
    [{ cloud: "ibm", service: "s3", name: "bucket-x" }, '"ibm" is not a cloud'],
    [{ cloud: "aws", service: "../s3", name: "bucket-x" }, "is not a service name"],
    [{ cloud: "aws", service: "s3", name: "Bucket" }, "is not a name"],
    [{ cloud: "aws", service: "s3", name: "../../x" }, "is not a name"],
    [{ cloud: "aws", service: "s3", name: "bucket--x" }, "is not a name"],
    [{ cloud: "aws", service: "s3", name: "bucket-x.test" }, "is not a name"],
    [{ cloud: "aws", service: "sqs", name: "queue-x" }, "has no resource kinds yet"],
    [{ cloud: "aws", service: "s3", name: "bucket-x", resource: "aws.s3.object" }, "not aws.s3.object"],
    [{ cloud: "aws", service: "s3", name: "bucket-versioning" }, "is there already"],
  ])("refuses %j and writes nothing", (check, message) => {
    const before = everything();
    expect(() => createCheck(root, check)).toThrow(message);
    expect(everything()).toEqual(before);
  });
});

describe("the command", () => {
  const checkout = join(import.meta.dirname, "..");
  it("scaffolds into a checkout a test that fails until it is written", () => {
    for (const file of ["cli/new-check.ts", "lib/checks", "lib/inventory", "package.json", "tsconfig.json"])
      cpSync(join(checkout, file), join(root, file), { recursive: true });
    symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
    // A test run inside a test run must not take itself for a worker of the outer one.
    const outer = Object.entries(process.env).filter(([name]) => !/^VITEST|^TEST$/.test(name));
    const env = { ...Object.fromEntries(outer), NODE_ENV: "test" as const, NO_COLOR: "1" };
    const run = (...args: string[]) =>
      spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });

    expect(run("cli/new-check.ts", "aws", "s3")).toMatchObject({ status: 1, stdout: "" });
    expect(run("cli/new-check.ts", "aws", "s3", "bucket-new", "--nope")).toMatchObject({
      status: 1,
      stdout: "",
    });
    expect(run("cli/new-check.ts", "aws", "s3", "bucket-new")).toMatchObject({ status: 0, stderr: "" });

    const vitest = run("node_modules/vitest/vitest.mjs", "run", "lib/checks/aws/s3/bucket-new.test.ts");
    expect(`${vitest.stdout}${vitest.stderr}`).toContain("1 failed");
    expect(`${vitest.stdout}${vitest.stderr}`).toContain("has an example of each verdict");
    expect(vitest.status).toBe(1);
  });
});
