import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import { discoverProvider } from "./discover.ts";

/** A provider's metadata as each test wants it, at an issuer of its own. */
let answer: (issuer: string) => unknown;
let asked = 0;
let tests = 0;
let issuer = "";
const server = createServer((_request, response) => {
  asked += 1;
  const body = answer(issuer);
  response.statusCode = typeof body === "number" ? body : 200;
  response.end(typeof body === "object" ? JSON.stringify(body) : "<html>");
}).listen(0, "127.0.0.1");
await once(server, "listening");
afterAll(() => server.close());
beforeEach(() => {
  [asked, tests] = [0, tests + 1];
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${tests}`;
  answer = metadata;
});

const metadata = (of: string) => ({
  issuer: of,
  authorization_endpoint: "https://login.example.com/authorize",
  token_endpoint: "https://login.example.com/token",
  jwks_uri: "https://login.example.com/keys",
});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "found",
    (error: { code?: string }) => error.code,
  );

test("what the metadata leaves out is as the specification has it", async () => {
  expect(await discoverProvider(issuer)).toEqual({
    issuer,
    authorizationEndpoint: "https://login.example.com/authorize",
    tokenEndpoint: "https://login.example.com/token",
    userinfoEndpoint: undefined,
    jwksUri: "https://login.example.com/keys",
    signingAlgorithm: "RS256",
    clientAuthentication: "client_secret_basic",
    namesItself: false,
  });
});

test("what it says is followed", async () => {
  answer = (of) => ({
    ...metadata(of),
    id_token_signing_alg_values_supported: ["HS256", "ES256"],
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    authorization_response_iss_parameter_supported: true,
  });
  expect(await discoverProvider(issuer)).toMatchObject({
    signingAlgorithm: "ES256",
    clientAuthentication: "client_secret_post",
    namesItself: true,
  });
});

test.each<[string, (of: string) => unknown, string]>([
  ["another issuer's", (of) => metadata(`${of}/other`), "misconfigured"],
  [
    "one that others could read along with",
    (of) => ({ ...metadata(of), token_endpoint: "http://login.example.com/token" }),
    "misconfigured",
  ],
  [
    "one whose tokens anyone with the secret could sign",
    (of) => ({ ...metadata(of), id_token_signing_alg_values_supported: ["HS256", "none"] }),
    "misconfigured",
  ],
  ["a page", () => "html", "misconfigured"],
  ["nothing there", () => 404, "misconfigured"],
  ["an error of its own", () => 503, "unreachable"],
])("refuses %s", async (_what, given, code) => {
  answer = given;
  expect(await codeOf(discoverProvider(issuer))).toBe(code);
});

test("is asked for once by many, and again after ten minutes, or soon when it failed", async () => {
  let now = 0;
  const discover = () => codeOf(discoverProvider(issuer, () => now));
  answer = () => 503;
  expect(await Promise.all([discover(), discover(), discover()])).toEqual(Array(3).fill("unreachable"));
  expect(asked).toBe(1);
  now += 4_000;
  await discover();
  expect(asked).toBe(1);
  answer = metadata;
  now += 2_000;
  expect(await discover()).toBe("found");
  now += 9 * 60_000;
  await discover();
  expect(asked).toBe(2);
  now += 2 * 60_000;
  await discover();
  expect(asked).toBe(3);
});
