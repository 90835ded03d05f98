import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const sources = globSync("{app,bench,cli,components,db,e2e,lib,sandbox}/**/*.{ts,tsx,mjs}", { cwd: root })
  .concat(globSync("*.{ts,mjs}", { cwd: root }))
  .filter((path) => path !== "lib/auth/boundary.test.ts");

const isTest = (path: string) =>
  /\.test\.tsx?$|^e2e\/|^db\/factories\.ts$|^app\/_access\/|\/test-[\w-]+\.tsx?$/.test(path);
/** Files whose text matches, other than those that may. */
const strays = (pattern: RegExp, allowed: (path: string) => boolean) =>
  sources.filter((path) => !allowed(path) && pattern.test(readFileSync(join(root, path), "utf8")));
const within =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(folder));

test("the sources are found", () => {
  expect(sources).toContain("lib/auth/scope.ts");
  expect(strays(/Scope\.ofUser/, () => false)).toContain("lib/auth/session.ts");
  expect(strays(/from "next-auth/, () => false)).toContain("lib/auth/next-auth.ts");
});

test("next-auth is imported by lib/auth alone", () => {
  expect(strays(/["']next-auth(\/[\w/-]+)?["']/, within("lib/auth/"))).toEqual([]);
});

test("a user's scope is minted in lib/auth alone", () => {
  // The benchmark of fixes acts for the one who asks and the one who approves.
  const mints = within("lib/auth/", "bench/remediate/");
  expect(strays(/\bScope\s*\.\s*ofUser\b/, (path) => isTest(path) || mints(path))).toEqual([]);
});

test("a token's scope is minted in lib/auth alone", () => {
  expect(strays(/\bScope\s*\.\s*ofToken\b/, (path) => isTest(path) || within("lib/auth/")(path))).toEqual([]);
});

test("a system scope is minted where the system acts by itself", () => {
  const parts = [
    "accounts",
    "audit",
    "auth",
    "findings",
    "imports",
    "jobs",
    "mail",
    "scans",
    "secrets",
    "setup",
    "trial",
  ];
  const system = within("bench/", "cli/", ...parts.map((part) => `lib/${part}/`));
  expect(strays(/\bScope\s*\.\s*ofSystem\b/, (path) => isTest(path) || system(path))).toEqual([]);
});

test("the tests' factories are imported by tests alone", () => {
  expect(strays(/\/factories\.ts["']/, isTest)).toEqual([]);
});
