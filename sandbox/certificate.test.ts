import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keptServerCertificate } from "./certificate.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parapet-certificate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is the same at the next start, and its owner's alone", async () => {
  const first = await keptServerCertificate(join(folder, "sandbox"));
  expect(await keptServerCertificate(join(folder, "sandbox"))).toEqual(first);
  expect(statSync(join(folder, "sandbox", "certificate.json")).mode & 0o077).toBe(0);
});

it.each(["", "{", '{"cert":1}', '{"cert":"a","key":"b"}'])(
  "is made anew when the file holds %j",
  async (text) => {
    const file = join(folder, "certificate.json");
    writeFileSync(file, text);
    const made = await keptServerCertificate(folder);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(made);
  },
);
