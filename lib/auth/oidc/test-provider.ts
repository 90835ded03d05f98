import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";
import { z } from "zod";

/*
 * A real OpenID Connect server for tests: the certified `oidc-provider`, on a port of its own, with its own login and
 * consent pages. It knows the people it is given, and can be told to hand out tokens with something wrong.
 */

/** What the server says of someone, by the login name that they type; any password will do. */
export type TestPerson = { email?: string; email_verified?: boolean; name?: string; groups?: string[] };

export type TestProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  people: Map<string, TestPerson>;
  /** Changes the claims of the next id tokens before they are signed once more, by the server's own key. */
  alterClaims: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Changes the next id tokens after they were signed. */
  alterToken: ((token: string) => string) | undefined;
  /** Signs a token by another key under the server's key id. */
  forge(claims: Record<string, unknown>): string;
  stop(): Promise<void>;
};

export async function startTestProvider(options: {
  redirectUri: string;
  /** Whether claims such as `groups` are in the id token, or in userinfo alone, as the server's default is. */
  claimsInToken?: boolean;
}): Promise<TestProvider> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const test: TestProvider = {
    issuer,
    clientId: "parapet",
    clientSecret: "a secret that only the test knows",
    people: new Map(),
    alterClaims: undefined,
    alterToken: undefined,
    forge: (claims) => signToken(claims, stranger.privateKey),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  const provider = new Provider(issuer, configurationOf(test, keys.privateKey, options));
  provider.use(async (context, next) => {
    await next();
    const answer = tokenAnswer.safeParse(context.body);
    if (!answer.success) return;
    let { id_token } = answer.data;
    if (test.alterClaims) id_token = signToken(test.alterClaims(readClaims(id_token)), keys.privateKey);
    if (test.alterToken) id_token = test.alterToken(id_token);
    context.body = { ...answer.data, id_token };
  });
  const handle = provider.callback();
  server.on("request", (request, response) => void handle(request, response));
  return test;
}

const tokenAnswer = z.looseObject({ id_token: z.string() });
const keyId = "test";

function configurationOf(
  test: TestProvider,
  key: KeyObject,
  options: { redirectUri: string; claimsInToken?: boolean },
): Configuration {
  return {
    clients: [
      {
        client_id: test.clientId,
        client_secret: test.clientSecret,
        redirect_uris: [options.redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), kid: keyId, alg: "RS256", use: "sig" }] },
    cookies: { keys: ["a key for the test's cookies"] },
    pkce: { required: () => true },
    conformIdTokenClaims: !options.claimsInToken,
    scopes: ["openid", "email", "profile", "groups"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...test.people.get(id) }) }),
    ttl: {
      Session: 3_600,
      Grant: 3_600,
      Interaction: 3_600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
    },
  };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function readClaims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

function signToken(claims: Record<string, unknown>, key: KeyObject): string {
  const signed = `${encode({ alg: "RS256", typ: "JWT", kid: keyId })}.${encode(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}

/** A browser as far as this needs one: it keeps cookies by host, and follows redirects until one leads to `until`. */
export class TestBrowser {
  readonly #jars = new Map<string, Map<string, string>>();

  /** By name, decoded as a server does. */
  cookiesOf(origin: string): Record<string, string> {
    const jar = this.#jars.get(new URL(origin).host) ?? new Map<string, string>();
    return Object.fromEntries([...jar].map(([name, value]) => [name, decodeURIComponent(value)]));
  }

  /** Walks from the provider's address through its login and consent pages back to the redirect address; returns that. */
  async signIn(location: string, login: string, redirectUri: string): Promise<URL> {
    let at = new URL(location);
    let form: Record<string, string> | undefined;
    for (let steps = 0; steps < 12; steps += 1) {
      const answer = await this.#send(at, form);
      form = undefined;
      const next = answer.headers.get("location");
      const page = await answer.text();
      if (next) {
        at = new URL(next, at);
        if (at.href.startsWith(redirectUri)) return at;
      } else if (page.includes('name="login"')) {
        form = { prompt: "login", login, password: "any" };
      } else if (page.includes('value="consent"')) {
        form = { prompt: "consent" };
      } else {
        throw new Error(
          `The provider showed ${answer.status}: ${page.replace(/<[^>]+>/g, " ").slice(0, 500)}`,
        );
      }
    }
    throw new Error("The provider leads round in circles.");
  }

  async #send(url: URL, form: Record<string, string> | undefined): Promise<Response> {
    const jar = this.#jars.get(url.host) ?? new Map<string, string>();
    this.#jars.set(url.host, jar);
    const answer = await fetch(url, {
      method: form ? "POST" : "GET",
      body: form ? new URLSearchParams(form) : null,
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    this.keep(url.href, answer.headers.getSetCookie());
    return answer;
  }

  /** Takes Set-Cookie headers of an origin. */
  keep(origin: string, setCookies: readonly string[]): void {
    const { host } = new URL(origin);
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    for (const line of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined) continue;
      if (!value || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  }
}
