import { execFile } from "node:child_process";
import { afterAll, expect, it } from "vitest";
import { createOrganisation, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTestTrail } from "#lib/audit/test-trail.ts";
import { erasedAddress } from "#lib/users/erased.ts";
import { readUser } from "#lib/users/test-people.ts";

const { db, url, close } = await createTestDatabase();
afterAll(close);
const { id: organisationId } = await createOrganisation(db, { name: "Acme" });

function parapet(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { PATH, HOME, PARAPET_AUDIT_KEYS } = process.env;
  const env = { NODE_ENV: "test" as const, PATH, HOME, PARAPET_AUDIT_KEYS, DATABASE_URL: url };
  return new Promise((resolve) => {
    execFile(process.execPath, ["cli/bin.mjs", ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

it("erases whom it was told twice, and nobody else", { timeout: 60_000 }, async () => {
  await createUser(db, { organisationId, role: "admin", passwordHash: "not a hash" });
  const user = await createUser(db, { organisationId, role: "analyst", email: "maria@example.test" });
  const erase = ["audit", "erase", "--user", "Maria@Example.test", "--reason", "Letter 17"];
  const unsure = await parapet(...erase);
  expect(unsure).toMatchObject({ code: 1, stdout: "" });
  expect(unsure.stderr).toContain("add --confirm Maria@Example.test");
  expect(await readUser(db, user.id)).toEqual(user);
  const done = await parapet(...erase, "--confirm", "Maria@Example.test", "--json");
  expect({ ...done, stdout: JSON.parse(done.stdout) }).toEqual({
    ...{ code: 0, stderr: "" },
    stdout: { subject: user.id, keys: 0 },
  });
  expect((await readUser(db, user.id)).email).toBe(erasedAddress(user.id));
  expect((await readTestTrail(db, organisationId)).map(({ action, actorId }) => [action, actorId])).toEqual([
    ["person.erase", "cli"],
  ]);
  const nobody = await parapet(
    "audit",
    "erase",
    "--value",
    "198.51.100.1",
    "--reason",
    "Letter 18",
    "--confirm",
    "198.51.100.1",
  );
  expect(nobody).toMatchObject({ code: 1, stdout: "" });
  expect(nobody.stderr).toContain("the trail holds nothing of whom this belongs to");
});
