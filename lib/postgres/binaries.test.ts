import { existsSync, lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findBinaries } from "./binaries.ts";

it("finds the platform's PostgreSQL, whole", () => {
  const { root, initdb, postgres, pgCtl, version, major } = findBinaries();
  expect([initdb, postgres, pgCtl].map((file) => existsSync(file))).toEqual([true, true, true]);
  expect(version.startsWith(`${major}.`)).toBe(true);
  if (process.platform !== "linux") return;
  const library = join(root, "lib", "libpq.so.5");
  expect(lstatSync(library).isSymbolicLink() && readlinkSync(library)).toBe(`libpq.so.5.${major}`);
});
