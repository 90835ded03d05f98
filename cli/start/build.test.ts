import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { buildWeb, needsBuild } from "./build.ts";
import { LogFile } from "./log-file.ts";

const root = mkdtempSync(join(tmpdir(), "parapet-build-"));
afterAll(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string) => {
  mkdirSync(join(root, name, ".."), { recursive: true });
  writeFileSync(join(root, name), text);
};
const log = new LogFile(join(root, "build.log"));
const build = () => buildWeb(root, log, new AbortController().signal);

it("builds when sources have changed, and only then", async () => {
  write("app/page.tsx", "one");
  write("node_modules/next/dist/bin/next", "require('node:fs').mkdirSync('.next', { recursive: true })");
  expect(needsBuild(root)).toBe(true);
  await build();
  expect(needsBuild(root)).toBe(false);
  write("app/page.tsx", "one");
  write("app/page.test.tsx", "a test is no source");
  write("cli/main.ts", "the command line is none either");
  expect(needsBuild(root)).toBe(false);
  write("app/page.tsx", "two");
  expect(needsBuild(root)).toBe(true);
  await build();
  write("package-lock.json", "{}");
  expect(needsBuild(root)).toBe(true);
});

it("shows how a build failed, and takes it for none", async () => {
  write("node_modules/next/dist/bin/next", "console.error('app/page.tsx: no'); process.exit(1)");
  await expect(build()).rejects.toThrow(/could not be built.*\n {4}app\/page.tsx: no$/s);
  expect(needsBuild(root)).toBe(true);
});
