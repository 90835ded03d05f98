import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { LogFile } from "./log-file.ts";

const folder = mkdtempSync(join(tmpdir(), "parapet-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("keeps a bounded file and the one before it, also over restarts", () => {
  const path = join(folder, "logs", "web.log");
  const log = new LogFile(path, 10);
  for (const text of ["12345\n", "6789\n", "abc\n"]) log.write(text);
  new LogFile(path, 10).write("defghi\n");
  expect(readdirSync(join(folder, "logs")).sort()).toEqual(["web.log", "web.log.1"]);
  expect(readFileSync(`${path}.1`, "utf8")).toBe("6789\nabc\n");
  expect(readFileSync(path, "utf8")).toBe("defghi\n");
  expect(log.lastLines(2)).toEqual(["6789", "abc"]);
});
