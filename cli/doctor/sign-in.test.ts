import { afterAll, expect, test } from "vitest";
import { startTestProvider } from "#lib/auth/oidc/test-provider.ts";
import { parseEnv } from "#lib/env.ts";
import { checkSignIn } from "./sign-in.ts";

const provider = await startTestProvider({ redirectUri: "http://localhost:3000/api/auth/callback/oidc" });
afterAll(() => provider.stop());

const variables = {
  PARAPET_SANDBOX: "off",
  PARAPET_OIDC_ISSUER: provider.issuer,
  PARAPET_OIDC_CLIENT_ID: "parapet",
  PARAPET_OIDC_CLIENT_SECRET: "secret",
  PARAPET_OIDC_ROLES: "admins=admin",
};

test("a provider that answers is good, and the address is told that it must know", async () => {
  expect(await checkSignIn(parseEnv({ ...variables, AUTH_URL: "https://parapet.example.com" }))).toEqual({
    name: "Single sign-on",
    status: "good",
    detail: `${provider.issuer} answers; it must know https://parapet.example.com/api/auth/callback/oidc`,
  });
});

test("one that is somewhere else is bad, in words", async () => {
  const issuer = `${provider.issuer}/nothing-here`;
  expect(await checkSignIn(parseEnv({ ...variables, PARAPET_OIDC_ISSUER: issuer }))).toEqual({
    name: "Single sign-on",
    status: "bad",
    detail: `The provider answered 404 to ${issuer}/.well-known/openid-configuration.`,
    advice: "See docs/sign-in.md.",
  });
});

test("it is skipped where there is none, or no use for it", async () => {
  expect((await checkSignIn(parseEnv({}))).status).toBe("skipped");
  expect((await checkSignIn(parseEnv({ ...variables, PARAPET_SANDBOX: "on" }))).status).toBe("skipped");
});
