import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { catalogueVersion, hashSources } from "./version.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parapet-version-"));
  mkdirSync(join(folder, "aws"));
  writeFileSync(join(folder, "model.ts"), "export const a = 1;\n");
  writeFileSync(join(folder, "aws/one.ts"), "export const one = 1;\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is a stable hash of the catalogue", () => {
  expect(catalogueVersion()).toMatch(/^[0-9a-f]{64}$/);
  expect(catalogueVersion()).toBe(hashSources(import.meta.dirname));
});

it("changes with a check, a shared file and a file's name", () => {
  const versions = [hashSources(folder)];
  writeFileSync(join(folder, "aws/one.ts"), "export const one = 2;\n");
  versions.push(hashSources(folder));
  writeFileSync(join(folder, "model.ts"), "export const a = 2;\n");
  versions.push(hashSources(folder));
  rmSync(join(folder, "aws/one.ts"));
  writeFileSync(join(folder, "aws/two.ts"), "export const one = 2;\n");
  versions.push(hashSources(folder));
  expect(new Set(versions).size).toBe(4);
});

it("doesn't change with tests, other files and line ends", () => {
  const before = hashSources(folder);
  writeFileSync(join(folder, "aws/one.test.ts"), "test\n");
  writeFileSync(join(folder, "test-check.ts"), "test\n");
  writeFileSync(join(folder, "README.md"), "text\n");
  writeFileSync(join(folder, "model.ts"), "export const a = 1;\r\n");
  expect(hashSources(folder)).toBe(before);
});
