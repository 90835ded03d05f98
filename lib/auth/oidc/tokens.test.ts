import { describe, expect, test } from "vitest";
import { signInFailures } from "#db/identity/schema.ts";
import { signInLimits } from "../sign-in-limit.ts";
import { finishOidcSignIn, startOidcSignIn } from "./flow.ts";
import { client, createSignInTest, problemOf, redirectUri, refusal, settings } from "./test-flow.ts";
import { readClaims, startTestProvider, TestBrowser } from "./test-provider.ts";

const t = await createSignInTest();

const now = () => Math.floor(Date.now() / 1000);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
type Claims = Record<string, unknown>;

/** Claims that the provider signs although they are wrong. */
const wronglySigned: readonly (readonly [string, (claims: Claims) => Claims, string])[] = [
  [
    "another nonce",
    (claims) => ({ ...claims, nonce: "n".repeat(43) }),
    "The token belongs to another sign-in (nonce).",
  ],
  ["no nonce", ({ nonce: _, ...claims }) => claims, "The token belongs to another sign-in (nonce)."],
  [
    "an end in the past",
    (claims) => ({ ...claims, iat: now() - 7_200, exp: now() - 60 }),
    "The token had expired; the two machines' clocks may differ.",
  ],
  [
    "a beginning in the future",
    (claims) => ({ ...claims, nbf: now() + 600 }),
    "The token is not valid yet; the two machines' clocks may differ.",
  ],
  [
    "another issuer",
    (claims) => ({ ...claims, iss: "https://evil.example" }),
    "The token is another issuer's.",
  ],
  [
    "another client",
    (claims) => ({ ...claims, aud: "someone-else" }),
    "The token was made for another client.",
  ],
  [
    "someone else than userinfo",
    (claims) => ({ ...claims, sub: "root" }),
    "Userinfo is about someone else than the token.",
  ],
];

/** Tokens that someone on the way has had in hand. */
const tampered: readonly (readonly [string, (token: string) => string, string])[] = [
  [
    "other claims under the old signature",
    (token) => {
      const [head, , signature] = token.split(".");
      return `${head}.${encode({ ...readClaims(token), sub: "root" })}.${signature}`;
    },
    "The token's signature is not the provider's.",
  ],
  [
    "a signature by another key",
    (token) => t.server.forge(readClaims(token)),
    "The token's signature is not the provider's.",
  ],
  [
    "no signature",
    (token) => `${encode({ alg: "none" })}.${token.split(".")[1]}.`,
    "The token is signed by another algorithm than the provider's metadata names first.",
  ],
];

async function expectUntrusted(detail: string): Promise<void> {
  t.server.people.set("ana", t.ana);
  expect(await problemOf(t.signIn("ana"))).toBe("untrusted");
  expect(await t.trail()).toEqual([refusal("untrusted", detail)]);
  expect(await t.usersHere()).toBe(1);
}

describe("a token is refused that says", () => {
  test.each(wronglySigned)("%s", async (_what, alter, detail) => {
    t.server.alterClaims = alter;
    await expectUntrusted(detail);
  });
});

describe("a token is refused that has", () => {
  test.each(tampered)("%s", async (_what, alter, detail) => {
    t.server.alterToken = alter;
    await expectUntrusted(detail);
  });
});

describe("limits and outages", () => {
  test("after too many failures an address waits, and passwords' failures don't count", async () => {
    t.server.people.set("ana", t.ana);
    await t.db.insert(signInFailures).values([
      { key: "address:203.0.113.7", minute: new Date(), failures: signInLimits.address },
      { key: "oidc:203.0.113.8", minute: new Date(), failures: signInLimits.address },
    ]);
    expect(await problemOf(t.signIn("ana"))).toBe("signed in");
    const back = { cookies: {}, client, query: { code: "x", state: "y" } };
    const tries = [];
    for (let i = 0; i < signInLimits.address + 2; i += 1) {
      tries.push(await problemOf(finishOidcSignIn({ db: t.db, settings, oidc: t.oidc }, back)));
    }
    expect(tries.slice(0, signInLimits.address)).toEqual(
      tries.slice(0, signInLimits.address).map(() => "stale"),
    );
    expect(tries.slice(signInLimits.address)).toEqual(["limited", "limited"]);
    expect(await problemOf(t.signIn("ana"))).toBe("limited");
    expect(
      (await t.trail()).filter(({ after }) => Reflect.get(after ?? {}, "limitReached") === true),
    ).toHaveLength(1);
  });

  test("a provider that is down, before and on the way back", async () => {
    const gone = await startTestProvider({ redirectUri });
    gone.people.set("ana", t.ana);
    const there = { ...t.oidc, issuer: gone.issuer };
    const browser = new TestBrowser();
    const started = await startOidcSignIn({ settings, oidc: there }, { cookies: {}, client, next: "/" });
    browser.keep(settings.authUrl, started.setCookies);
    const back = await browser.signIn(started.location, "ana", redirectUri);
    await gone.stop();
    const cookies = browser.cookiesOf(settings.authUrl);
    const query = Object.fromEntries(back.searchParams);
    expect(
      await problemOf(finishOidcSignIn({ db: t.db, settings, oidc: there }, { cookies, client, query })),
    ).toBe("unreachable");
    const down = { ...t.oidc, issuer: `${gone.issuer}/elsewhere` };
    expect(
      await problemOf(startOidcSignIn({ settings, oidc: down }, { cookies: {}, client, next: "/" })),
    ).toBe("unreachable");
  });

  test("a wrong client secret is the operator's to mend", async () => {
    t.server.people.set("ana", t.ana);
    expect(await problemOf(t.signIn("ana", { oidc: { ...t.oidc, clientSecret: "wrong" } }))).toBe(
      "misconfigured",
    );
    expect((await t.trail()).at(-1)?.after).toHaveProperty("detail", "The provider answered invalid_client.");
  });

  test("an issuer that is none, or calls itself otherwise", async () => {
    const start = (issuer: string) =>
      problemOf(
        startOidcSignIn({ settings, oidc: { ...t.oidc, issuer } }, { cookies: {}, client, next: "/" }),
      );
    expect(await start(`${t.server.issuer}/nothing`)).toBe("misconfigured");
    expect(await start(t.server.issuer.replace("localhost", "127.0.0.1"))).toBe("misconfigured");
  });
});
