import { RestError } from "@azure/core-rest-pipeline";
import { AggregateAuthenticationError, CredentialUnavailableError } from "@azure/identity";
import { describe, expect, it } from "vitest";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { AzureRefusal, classifyAzureError, safeMessage } from "./errors.ts";

const refused = (code: string, status: number, message = "Said.") => new AzureRefusal(code, status, message);

describe("classifyAzureError", () => {
  it.each([
    ["AuthorizationFailed", 403, "denied"],
    ["LinkedAuthorizationFailed", 403, "denied"],
    ["Authorization_RequestDenied", 403, "denied"],
    ["SubscriptionNotFound", 404, "denied"],
    ["InvalidAuthenticationTokenTenant", 401, "denied"],
    ["AADSTS65001", 400, "denied"],
    ["AADSTS53003", 400, "denied"],
    ["WhoKnows", 403, "denied"],
    ["ExpiredAuthenticationToken", 401, "expired"],
    ["InvalidAuthenticationToken", 401, "expired"],
    ["WhoKnows", 401, "expired"],
    ["AADSTS7000215", 401, "expired"],
    ["AADSTS7000222", 401, "expired"],
    ["AADSTS700027", 401, "expired"],
    ["AADSTS90002", 400, "expired"],
    ["TooManyRequests", 429, "throttled"],
    ["SubscriptionRequestsThrottled", 429, "throttled"],
    ["OperationNotAllowed", 429, "throttled"],
    ["AADSTS50196", 400, "throttled"],
    ["InternalServerError", 500, "unavailable"],
    ["ServerBusy", 503, "unavailable"],
    ["AADSTS90033", 503, "unavailable"],
    ["MissingSubscriptionRegistration", 409, "disabled"],
    ["ResourceNotFound", 404, "unavailable"],
  ])("takes %s (%i) for %s", (name, status, code) => {
    expect(classifyAzureError(refused(name, status))).toEqual({ code, name, message: `${name}: Said.` });
  });

  it.each([
    [new MalformedAnswer("Cut."), "malformed"],
    [new RestError("Couldn't paginate response"), "malformed"],
    [new RestError("socket hang up", { code: "ECONNRESET" }), "unavailable"],
    [new RestError("getaddrinfo ENOTFOUND", { code: "ENOTFOUND" }), "unavailable"],
    [new RestError("self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), "unavailable"],
    [new RestError("The answer took too long.", { code: "ETIMEDOUT" }), "unavailable"],
    [new CredentialUnavailableError("No identity here."), "expired"],
    [new AggregateAuthenticationError([], "None worked."), "expired"],
  ])("takes %s for %s", (error, code) => {
    expect(classifyAzureError(error)?.code).toBe(code);
  });

  it("leaves bugs to be thrown on", () => {
    expect([new Error("x"), new TypeError("y"), null, "z", {}].map(classifyAzureError)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("takes the SDK's own stumbling over an answer for a malformed one", () => {
    const error = new TypeError("Cannot read properties of undefined (reading 'sku')");
    error.stack = `${error}\n    at vaultPropertiesDeserializer (file:///app/node_modules/@azure/arm-keyvault/dist/esm/models/models.js:134:27)`;
    expect(classifyAzureError(error)?.code).toBe("malformed");
    error.stack = `${error}\n    at describeVault (/app/lib/x.ts:1:1)\n    at y (/app/node_modules/@azure/z.js:1:1)`;
    expect(classifyAzureError(error)).toBeNull();
  });
});

describe("safeMessage", () => {
  it("keeps tokens, secrets and assertions to itself", () => {
    const token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl";
    const message = safeMessage(
      refused(
        "invalid_client",
        401,
        `Bad client_secret=Abc~123&x, Bearer ${token} and client_assertion=${token} with "access_token":"s3cr3t"`,
      ),
    );
    expect(message).toBe(
      'invalid_client: Bad client_secret=…&x, Bearer … and client_assertion=… with "access_token":"…"',
    );
  });

  it("leaves out private keys and what is only for support, on one line of at most 500 characters", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----";
    expect(safeMessage(refused("X", 400, `Not\na key: ${key}.`))).toBe("X: Not a key: ….");
    expect(
      safeMessage(
        refused(
          "AADSTS7000222",
          401,
          "AADSTS7000222: The secret is expired. Trace ID: 1-2 Correlation ID: 3-4 Timestamp: 2026-01-31 12:00:00Z",
        ),
      ),
    ).toBe("AADSTS7000222: The secret is expired.");
    const long = safeMessage(refused("X", 400, "word ".repeat(500)));
    expect([long.length, long.at(-1)]).toEqual([500, "…"]);
  });
});
