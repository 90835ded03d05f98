import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

const { packages } = lockSchema.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, "../package-lock.json"), "utf8")),
);

/** Whether `name`, asked for by the package at `path`, is in the lock: beside it or anywhere above. */
function isLocked(path: string, name: string): boolean {
  if (`${path}${path && "/"}node_modules/${name}` in packages) return true;
  return path !== "" && isLocked(path.slice(0, Math.max(0, path.lastIndexOf("/node_modules/"))), name);
}

it("locks the native parts for every platform: `npm ci` refuses a lock that leaves some out", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});
