import { afterAll, expect, test, vi } from "vitest";
import { userIdentities } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../auth/scope.ts";
import { changeRole } from "./change-role.ts";
import { renameSelf, renameUser } from "./rename-user.ts";
import { createPeople, readUser } from "./test-people.ts";

const issuer = "https://login.example";
vi.mock("../env.ts", async (original) => ({
  ...(await original<typeof import("../env.ts")>()),
  env: () => ({ auditKeys: [{ id: "test", base64: Buffer.alloc(32).toString("base64") }], oidc: { issuer } }),
}));

const { db, close } = await createTestDatabase();
afterAll(close);

async function known(given: { passwordHash?: string } = {}) {
  const people = await createPeople(db);
  const user = await people.join(given);
  const { organisationId } = people;
  await db.insert(userIdentities).values({ organisationId, issuer, subject: user.id, userId: user.id });
  return { ...people, user };
}

test("whose role the provider gives keeps it here, and the name of who has no password", async () => {
  const { scope, user } = await known();
  const refused = { code: "conflict", message: expect.stringContaining("Change it there.") };
  await expect(changeRole(db, scope, { userId: user.id, revision: 1, role: "admin" })).rejects.toMatchObject(
    refused,
  );
  await expect(renameUser(db, scope, { userId: user.id, revision: 1, name: "New" })).rejects.toMatchObject(
    refused,
  );
  await expect(renameSelf(db, Scope.ofUser(user), { name: "New" })).rejects.toMatchObject(refused);
  expect(await readUser(db, user.id)).toEqual(user);
});

test("with a password as well, the name is one's own and the role is not", async () => {
  const { scope, user } = await known({ passwordHash: "not a hash" });
  await renameSelf(db, Scope.ofUser(user), { name: "New" });
  await expect(changeRole(db, scope, { userId: user.id, revision: 2, role: "admin" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await readUser(db, user.id)).toEqual({ ...user, name: "New", revision: 2 });
});
