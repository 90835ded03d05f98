import { NextRequest } from "next/server";
import { afterAll, expect, test, vi } from "vitest";
import { createSession } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { proxy } from "../../proxy.ts";

const { db, sql, close } = await createTestDatabase();
afterAll(close);

/** What one request brings, in place of Next's own per-request storage. */
const request = { headers: new Headers(), cookies: new Map<string, { value: string }>() };
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => request.cookies,
}));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`redirected to ${to}`);
  },
}));
vi.mock(import("#db/client.ts"), async (original) => ({
  ...(await original()),
  database: () => ({ db, sql, close: async () => undefined }),
}));
const settings = { secret: "s".repeat(32), authUrl: "http://localhost:3000" };
vi.mock("./settings.ts", () => ({ authSettings: () => settings }));
vi.mock(import("#lib/env.ts"), async (original) => {
  const real = await original();
  return { ...real, env: () => real.parseEnv({ PARAPET_SANDBOX: mode.sandbox }) };
});
const mode = { sandbox: "off" };

const { currentUser, requireScope } = await import("./session.ts");
const { writeSessionToken } = await import("./next-auth.ts");

/** Has the proxy look at a request first, as Next does, and the rest see what it let through. */
function receive(path: string, given: { headers?: Record<string, string>; token?: string } = {}) {
  const incoming = new NextRequest(`http://localhost:3000${path}`, {
    headers: { host: "localhost:3000", ...given.headers },
  });
  const answer = proxy(incoming);
  request.headers = new Headers();
  for (const [name, value] of answer.headers) {
    if (name.startsWith("x-middleware-request-")) {
      request.headers.set(name.replace("x-middleware-request-", ""), value);
    }
  }
  request.cookies.clear();
  if (given.token) request.cookies.set("parapet-session", { value: given.token });
  return answer;
}

test("without a session a page leads to sign-in and back, whatever path the client claims", async () => {
  receive("/findings?severity=critical&q=%26");
  await expect(requireScope()).rejects.toThrow(
    "redirected to /sign-in?next=%2Ffindings%3Fseverity%3Dcritical%26q%3D%2526",
  );
  receive("/");
  await expect(requireScope()).rejects.toThrow(/redirected to \/sign-in$/);
  receive("/scans", { headers: { "x-parapet-path": "//evil.example" } });
  await expect(requireScope()).rejects.toThrow("redirected to /sign-in?next=%2Fscans");
  expect(await currentUser()).toBeNull();
});

test("without a session a route handler throws", async () => {
  receive("/api/findings");
  await expect(requireScope()).rejects.toMatchObject({ name: "DomainError", code: "unauthenticated" });
});

test("with a session the scope is its user's", async () => {
  const session = await createSession(db);
  receive("/api/findings", { token: await writeSessionToken(settings, session.id) });
  const scope = await requireScope();
  expect({
    organisationId: scope.organisationId,
    actor: scope.actor,
    canManage: scope.can("users:manage"),
  }).toEqual({
    organisationId: session.organisationId,
    actor: { kind: "user", id: session.userId },
    canManage: false,
  });
  expect(await currentUser()).toEqual({
    id: session.userId,
    name: "Test user",
    email: expect.any(String),
    role: "analyst",
    organisation: { id: session.organisationId, name: "Test organisation", sandbox: false },
  });
});

test("in sandbox mode another host's name is turned away, before pages and interfaces alike", async () => {
  mode.sandbox = "on";
  for (const path of ["/sign-in", "/api/auth/csrf"]) {
    const answer = receive(path, { headers: { host: "rebound.example:3000" } });
    expect([answer.status, await answer.text()]).toEqual([
      421,
      "In sandbox mode Parapet answers on this machine alone. Open it as localhost or 127.0.0.1.\n",
    ]);
    expect(receive(path).status).toBe(200);
  }
  mode.sandbox = "off";
  expect(receive("/sign-in", { headers: { host: "parapet.example.com" } }).status).toBe(200);
});
