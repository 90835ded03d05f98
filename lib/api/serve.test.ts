import { eq } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { apiTokens } from "#db/api/schema.ts";
import { auditEntries } from "#db/audit/schema.ts";
import { createAccount, createOrganisation, createUser } from "#db/factories.ts";
import { users } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { revokeToken } from "#lib/tokens/revoke-token.ts";
import { readTestTrail } from "../audit/test-trail.ts";
import { Scope } from "../auth/scope.ts";
import { tokenFailureLimit } from "../auth/token-limits.ts";
import { createToken } from "../tokens/create-token.ts";
import { newTokenText } from "../tokens/token-text.ts";
import { callApi, issueToken } from "./test-api.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const { id: organisationId } = await createOrganisation(db, { name: "Acme" });
const user = await createUser(db, {
  organisationId,
  role: "analyst",
  name: "Ana",
  email: "ana@example.test",
});

type Problem = { status: number; code: string; detail: string; errors: { field: string; message: string }[] };
const problemOf = async (answer: Response): Promise<Problem> => {
  const { status, code, detail, errors } = (await answer.json()) as Problem;
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  return { status, code, detail, errors };
};
const from = (address: string) => ({ "x-forwarded-for": address });

it("is named with its address in the entries of what it does, and of what it may not", async () => {
  const token = await issueToken(db, user);
  const headers = from("10.1.2.3");
  expect((await callApi(db, "POST", "/scans", { token, headers, body: {} })).status).toBe(409);
  const limited = await createToken(db, Scope.ofUser(user), {
    ...{ name: "limited", permissions: ["scans:read"], expiresInDays: 1 },
  });
  const asked = { token: limited.token, headers, body: {} };
  expect((await callApi(db, "POST", "/scans", asked)).status).toBe(403);
  const told = (await readTestTrail(db, organisationId)).filter(
    ({ actorTokenId }) => actorTokenId === limited.tokenId,
  );
  expect(told).toMatchObject([
    {
      ...{ action: "request.refuse", objectKind: "operation", objectId: "startScan", result: "refused" },
      ...{ actorId: user.id, origin: { via: "api", address: "10.1.2.3" }, after: { code: "forbidden" } },
    },
  ]);
});

describe("a token", () => {
  it("says who it is, and what is left of its minute", async () => {
    const scope = Scope.ofUser(user);
    const made = await createToken(db, scope, {
      ...{ name: "CI", permissions: ["scans:read", "findings:read"], expiresInDays: 30 },
    });
    expect(made.token).toMatch(/^parapet_[0-9a-f]{28}_[\w-]{43}$/);
    const answer = await callApi(db, "GET", "/me", { token: made.token }, { rate: 5 });
    expect(await answer.json()).toEqual({
      user: { id: user.id, name: "Ana", email: "ana@example.test", role: "analyst" },
      organisation: { id: organisationId, name: "Acme" },
      token: { id: made.tokenId, name: "CI", expiresAt: made.expiresAt },
      permissions: ["findings:read", "scans:read"],
      accountIds: null,
      rate: { limit: 5, remaining: 4, resetSeconds: expect.any(Number) },
    });
    const [stored] = await db.select().from(apiTokens).where(eq(apiTokens.id, made.tokenId));
    expect(stored?.lastUsedAt).toBeInstanceOf(Date);
    expect(JSON.stringify(stored)).not.toContain(made.token.slice(-43));
    await revokeToken(db, scope, { tokenId: made.tokenId });
    const refused = await callApi(db, "GET", "/me", { token: made.token, headers: from("10.0.0.1") });
    expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="Parapet"');
    expect(await problemOf(refused)).toEqual({
      ...{ status: 401, code: "unauthenticated", errors: [] },
      detail: "This API token was revoked. Make another one in the settings.",
    });
    expect(await refusalsOf(made.tokenId)).toEqual([
      { reason: "revoked", address: "10.0.0.1", limitReached: false },
    ]);
  });

  it.for([
    ["is expired", { expiresAt: new Date(Date.now() - 1_000) }, {}, "expired"],
    ["is of a user who is disabled", {}, { disabledAt: new Date() }, "disabled"],
  ] as const)("counts for nothing when it %s", async ([, token, disabled, reason]) => {
    const owner = await createUser(db, { organisationId, ...disabled });
    const text = await issueToken(db, owner, token);
    const answer = await callApi(db, "GET", "/me", { token: text });
    expect(answer.status).toBe(401);
    const [row] = await db.select().from(apiTokens).where(eq(apiTokens.userId, owner.id));
    expect((await refusalsOf(row?.id ?? "")).map((after) => after.reason)).toEqual([reason]);
  });

  it("of a real organisation is none while the sandbox is served, and the other way round", async () => {
    const text = await issueToken(db, user);
    expect((await callApi(db, "GET", "/me", { token: text }, { served: { sandbox: true } })).status).toBe(
      401,
    );
    const sandbox = await createOrganisation(db, { sandbox: true });
    const persona = await issueToken(db, await createUser(db, { organisationId: sandbox.id }));
    expect((await callApi(db, "GET", "/me", { token: persona })).status).toBe(401);
    expect((await callApi(db, "GET", "/me", { token: persona }, { served: { sandbox: true } })).status).toBe(
      200,
    );
  });

  it("loses at once what its user's role loses, and the accounts that they no longer see", async () => {
    const owner = await createUser(db, { organisationId, role: "admin" });
    const token = await issueToken(db, owner);
    await createAccount(db, { organisationId, name: "Hidden" });
    const accounts = async () => (await (await callApi(db, "GET", "/accounts", { token })).json()) as object;
    expect(await accounts()).toMatchObject({ data: [{ name: "Hidden" }] });
    await db.update(users).set({ role: "auditor", seesAllAccounts: false }).where(eq(users.id, owner.id));
    expect(await accounts()).toEqual({ data: [], next: null });
    const refused = await problemOf(await callApi(db, "POST", "/scans", { token, body: {} }));
    expect(refused).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("is the only way in: no cookie, no other scheme", async () => {
    const token = await issueToken(db, user);
    const attempts: Record<string, string>[] = [
      {},
      { cookie: "parapet-session=whatever" },
      { authorization: `Basic ${btoa(`x:${token}`)}` },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: "Bearer" },
    ];
    for (const headers of attempts) {
      expect((await callApi(db, "GET", "/me", { headers })).status).toBe(401);
    }
    expect((await callApi(db, "GET", "/me", { headers: { authorization: `bearer ${token}` } })).status).toBe(
      200,
    );
  });
});

describe("limits", () => {
  it("let a token make so many requests in a minute, and say when to go on", async () => {
    const token = await issueToken(db, user);
    const remaining: (string | null)[] = [];
    for (let made = 0; made < 2; made++) {
      const answer = await callApi(db, "GET", "/me", { token }, { rate: 2 });
      remaining.push(answer.headers.get("ratelimit-remaining"));
    }
    // The minute may have turned between two of them.
    const next = async () => callApi(db, "GET", "/me", { token }, { rate: 2 });
    let answer = await next();
    while (answer.status === 200) answer = await next();
    expect(remaining[0]).toBe("1");
    expect(await problemOf(answer)).toMatchObject({ status: 429, code: "rate_limited" });
    const wait = Number(answer.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(answer.headers.get("ratelimit-limit")).toBe("2");
    expect(answer.headers.get("ratelimit-remaining")).toBe("0");
    const other = await issueToken(db, user);
    expect((await callApi(db, "GET", "/me", { token: other }, { rate: 2 })).status).toBe(200);
  });

  it("keep wrong tokens of one address from being tried and written down for ever", async () => {
    const headers = from("10.9.9.9");
    const wrong = () => callApi(db, "GET", "/me", { token: newTokenText("tok_".padEnd(32, "0")), headers });
    const statuses: number[] = [];
    for (let tried = 0; tried < tokenFailureLimit.failures + 2; tried++)
      statuses.push((await wrong()).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(tokenFailureLimit.failures);
    expect(statuses.slice(-2)).toEqual([429, 429]);
    expect(Number((await wrong()).headers.get("retry-after"))).toBeGreaterThan(0);
    const written = (await refusalsOf("unknown")).filter(({ address }) => address === "10.9.9.9");
    expect(written).toHaveLength(tokenFailureLimit.failures);
    expect(written.filter(({ limitReached }) => limitReached)).toHaveLength(1);
    // Somebody who holds a token is not kept out by who shares the address.
    expect((await callApi(db, "GET", "/me", { token: await issueToken(db, user), headers })).status).toBe(
      200,
    );
  });
});

const token = await issueToken(db, await createUser(db, { organisationId, role: "admin" }));

describe("a request", () => {
  const ask = async (method: string, path: string, given: Parameters<typeof callApi>[3] = {}) =>
    problemOf(await callApi(db, method, path, { token, ...given }));

  it("is told of a path that isn't there, and of a method that isn't taken", async () => {
    expect(await ask("GET", "/nothing")).toMatchObject({ status: 404, code: "not_found" });
    expect(await ask("GET", "/findings/%E0%A4%A")).toMatchObject({ status: 404 });
    expect(await ask("GET", "/findings/fnd%00x")).toMatchObject({ status: 404 });
    expect(await ask("GET", "/findings//comments")).toMatchObject({ status: 404 });
    const answer = await callApi(db, "PUT", "/accounts", { token });
    expect(answer.headers.get("allow")).toBe("GET, POST");
    expect(await problemOf(answer)).toMatchObject({ status: 405, code: "method_not_allowed" });
    expect((await callApi(db, "POST", "/openapi.json")).status).toBe(405);
  });

  it("that writes stands in the trail with its token", async () => {
    const owner = await createUser(db, { organisationId });
    const text = await issueToken(db, owner);
    const body = { area: "findings", name: "Mine", query: "severity=high", shared: false };
    expect((await callApi(db, "POST", "/views", { token: text, body })).status).toBe(201);
    const [held] = await db.select().from(apiTokens).where(eq(apiTokens.userId, owner.id));
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.actorId, owner.id));
    expect(entries).toMatchObject([{ action: "view.save", actorKind: "user", actorTokenId: held?.id }]);
  });

  it("gets the document without a token", async () => {
    const answer = await callApi(db, "GET", "/openapi.json");
    expect(await answer.json()).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/api/v1" }] });
  });

  it.for([
    [{ severty: "high" }, [{ field: "severty", message: "There is no such parameter." }]],
    [{ limit: ["1", "2"] }, [{ field: "limit", message: "Give it once." }]],
    [{ limit: "0" }, [{ field: "limit", message: "It is a whole number from 1 to 500." }]],
    [{ limit: "many" }, [{ field: "limit", message: "It is a whole number from 1 to 500." }]],
    [
      { after: "nonsense" },
      [{ field: "after", message: "It is no cursor of this list. Begin again without it." }],
    ],
    [{ severity: "grave" }, [{ field: "severity.0", message: expect.any(String) }]],
    [{ scan: "scn_1" }, [{ field: "change", message: "It is missing." }]],
    [{ text: "a\0b" }, [{ field: "text", message: expect.any(String) }]],
    [{ constructor: "x" }, [{ field: "constructor", message: "There is no such parameter." }]],
  ] as const)("with the query %j is told what is wrong", async ([query, errors]) => {
    expect(await ask("GET", "/findings", { query })).toMatchObject({
      status: 400,
      code: "invalid_input",
      errors,
    });
  });

  it.for([
    ["not JSON", "{", 400, "invalid_input"],
    ["not UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400, "invalid_input"],
    ["nothing", "", 400, "invalid_input"],
    ["too long", `"${"x".repeat(1_000_001)}"`, 413, "payload_too_large"],
    ["too deep", `${"[".repeat(40_000)}${"]".repeat(40_000)}`, 400, "invalid_input"],
    ["a field that isn't there", '{"acountIds":[]}', 400, "invalid_input"],
    ["a prototype", '{"__proto__":{"accountIds":[]}}', 400, "invalid_input"],
    ["a zero character", '{"accountIds":["\\u0000"]}', 400, "invalid_input"],
    ["half a surrogate pair", '{"accountIds":["\\ud800"]}', 400, "invalid_input"],
    ["a list", "[]", 400, "invalid_input"],
  ] as const)("with a body that is %s is refused", async ([, body, status, code]) => {
    expect(await ask("POST", "/scans", { body })).toMatchObject({ status, code });
  });

  it("with a body of another type is refused", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(await ask("POST", "/scans", { body: "a=b", headers })).toMatchObject({ status: 415 });
  });

  it("pages by cursor, to the end", async () => {
    for (const name of ["A", "B", "C"]) await createAccount(db, { organisationId, name });
    const names: string[] = [];
    let after: string | null = null;
    do {
      const query: Record<string, string> = { limit: "1", ...(after ? { after } : {}) };
      const page = (await (await callApi(db, "GET", "/accounts", { token, query })).json()) as {
        data: { name: string }[];
        next: string | null;
      };
      names.push(...page.data.map(({ name }) => name));
      after = page.next;
    } while (after !== null);
    expect(names).toEqual(["A", "B", "C", "Hidden"]);
  });

  it("never answers a secret, nor takes one in the address", async () => {
    const connection = { type: "client_secret", tenantId: organisationId, clientId: "x" };
    const body = { cloud: "azure", connection, secrets: { clientSecret: "hush-hush" } };
    const answer = await callApi(db, "POST", "/connection-tests", { token, body });
    expect(await answer.text()).not.toContain("hush-hush");
  });

  it("that nobody foresaw is told as a bug, without its words, and reported", async () => {
    const bugs: unknown[] = [];
    const broken = new Proxy(db, {
      get: (target, name) => {
        if (name === "execute" && bugs.length === 0) throw new Error("secret words");
        return Reflect.get(target, name);
      },
    });
    const onBug = (error: unknown, operationId: string | null) => bugs.push([error, operationId]);
    const answer = await callApi(broken, "GET", "/me", { token }, { onBug });
    const text = await answer.clone().text();
    expect(text).not.toContain("secret words");
    expect(await problemOf(answer)).toMatchObject({ status: 500, code: "internal_error" });
    expect(bugs).toEqual([[new Error("secret words"), "getMe"]]);
  });
});

const refusalsOf = async (tokenId: string) =>
  (await readTestTrail(db, organisationId))
    .filter(({ action, objectId }) => action === "token.refuse" && objectId === tokenId)
    .map(({ after }) => after as { reason: string; address: string | null; limitReached: boolean });
