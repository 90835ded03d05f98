import { expect, test } from "vitest";
import { safeNextPath } from "./next-path.ts";

test.each([
  ["/findings?severity=critical&account=acc_1#top", "/findings?severity=critical&account=acc_1#top"],
  ["/settings/sessions", "/settings/sessions"],
  ["/findings/../scans", "/scans"],
])("keeps %s", (next, path) => {
  expect(safeNextPath(next)).toBe(path);
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example/",
  "/\n/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "\\\\evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "findings",
  "",
  " /findings",
  "/sign-in?next=/sign-in",
  "/setup?token=x",
  "/api/auth/signout",
  undefined,
  null,
  ["/findings"],
])("sends %j to the front page", (next) => {
  expect(safeNextPath(next)).toBe("/");
});
