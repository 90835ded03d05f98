import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { listTokens } from "#db/api/queries.ts";
import { auditEntries } from "#db/audit/schema.ts";
import { createOrganisation, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../auth/scope.ts";
import { createToken, mostLiveTokens } from "./create-token.ts";
import { revokeToken } from "./revoke-token.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const { id: organisationId } = await createOrganisation(db);
const person = async (role: "analyst" | "admin" | "auditor") =>
  Scope.ofUser(await createUser(db, { organisationId, role, name: role }));
const input = { name: "CI", permissions: ["findings:read" as const], expiresInDays: 7 };

it("is made once, listed without itself, and revoked, all on the trail", async () => {
  const scope = await person("analyst");
  const { tokenId, token, expiresAt } = await createToken(db, scope, input);
  const listed = await listTokens(db, scope);
  expect(listed).toEqual([
    {
      ...{ id: tokenId, name: "CI", permissions: ["findings:read"], expiresAt },
      user: { id: scope.actor.id, name: "analyst", role: "analyst" },
      ...{ createdAt: expect.any(String), lastUsedAt: null, lastAddress: null },
    },
  ]);
  expect(JSON.stringify(listed)).not.toContain(token.slice(-43));
  await revokeToken(db, scope, { tokenId });
  expect(await listTokens(db, scope)).toEqual([]);
  await expect(revokeToken(db, scope, { tokenId })).rejects.toThrow("That token has been revoked already.");
  const trail = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.objectId, tokenId))
    .orderBy(auditEntries.id);
  expect(trail.map(({ action, after }) => ({ action, after }))).toEqual([
    { action: "token.create", after: { name: "CI", permissions: ["findings:read"], expiresAt } },
    { action: "token.revoke", after: { name: "CI", userId: scope.actor.id } },
  ]);
  expect(JSON.stringify(trail)).not.toContain(token.slice(-43));
});

it("has a name of its own among its user's, until it is revoked", async () => {
  const scope = await person("analyst");
  const { tokenId } = await createToken(db, scope, input);
  await expect(createToken(db, scope, { ...input, name: "ci" })).rejects.toMatchObject({ code: "conflict" });
  await createToken(db, await person("analyst"), input);
  await revokeToken(db, scope, { tokenId });
  await createToken(db, scope, input);
});

it("can do no more than its user, makes no others, and is nobody's but theirs and an administrator's", async () => {
  const [auditor, admin] = [await person("auditor"), await person("admin")];
  for (const permission of ["findings:triage", "tokens:own", "sessions:own", "audit:erase"] as const) {
    await expect(createToken(db, auditor, { ...input, permissions: [permission] })).rejects.toMatchObject({
      code: "forbidden",
      message: `Nothing was changed: a token of yours can't have ${permission}.`,
    });
  }
  const { tokenId } = await createToken(db, auditor, input);
  const throughToken = Scope.ofToken(
    { id: auditor.actor.id, organisationId, role: "auditor" },
    { id: tokenId, permissions: ["tokens:own", "findings:read"] },
  );
  await expect(createToken(db, throughToken, { ...input, name: "more" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(revokeToken(db, await person("analyst"), { tokenId })).rejects.toMatchObject({
    code: "not_found",
  });
  const stranger = Scope.ofUser(await createUser(db, { role: "admin" }));
  await expect(revokeToken(db, stranger, { tokenId })).rejects.toMatchObject({ code: "not_found" });
  expect((await listTokens(db, admin)).map(({ id }) => id)).toContain(tokenId);
  await revokeToken(db, admin, { tokenId });
});

it.for([
  [{ expiresInDays: 0 }, "expiresInDays"],
  [{ expiresInDays: 366 }, "expiresInDays"],
  [{ expiresInDays: 1.5 }, "expiresInDays"],
  [{ name: " " }, "name"],
  [{ permissions: [] }, "permissions"],
] as const)("refuses %j", async ([changed, field]) => {
  const made = createToken(db, await person("analyst"), {
    ...input,
    ...changed,
    permissions: [...("permissions" in changed ? changed.permissions : input.permissions)],
  });
  await expect(made).rejects.toMatchObject({
    code: "invalid_input",
    fields: { [field]: expect.any(String) },
  });
});

it("is one of so many at most", async () => {
  const scope = await person("analyst");
  for (let made = 0; made < mostLiveTokens; made++)
    await createToken(db, scope, { ...input, name: `t${made}` });
  await expect(createToken(db, scope, { ...input, name: "one more" })).rejects.toMatchObject({
    code: "conflict",
  });
});
