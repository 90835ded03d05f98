import { describe, expect, it } from "vitest";
import { ListFailed, MalformedAnswer } from "#lib/inventory/answers.ts";
import { CredentialsUnavailable, classifyGcpError, GcpCallFailed, PartialAnswer } from "./errors.ts";

const project = { id: "acme-prod", number: "123456" };
const legacy = (code: number, reason: string, message = "Said.") => ({
  error: { code, message, errors: [{ message, domain: "global", reason }] },
});
const rpc = (code: number, status: string, reason?: string, metadata?: object) => ({
  error: {
    code,
    message: "Said.",
    status,
    ...(reason
      ? { details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, metadata }] }
      : {}),
  },
});
const system = (code: string) => Object.assign(new Error(`socket: ${code}`), { code });
/** As Google's HTTP library wraps what its transport threw. */
const wrapped = (cause: unknown) => new Error("Request failed", { cause });

describe("an error", () => {
  it.each([
    [403, legacy(403, "forbidden"), "denied", "PERMISSION_DENIED"],
    [403, legacy(403, "accessDenied"), "denied", "PERMISSION_DENIED"],
    [403, rpc(403, "PERMISSION_DENIED", "IAM_PERMISSION_DENIED"), "denied", "PERMISSION_DENIED"],
    [403, legacy(403, "rateLimitExceeded"), "throttled", "RESOURCE_EXHAUSTED"],
    [403, legacy(403, "userRateLimitExceeded"), "throttled", "RESOURCE_EXHAUSTED"],
    [403, legacy(403, "quotaExceeded"), "throttled", "RESOURCE_EXHAUSTED"],
    [429, legacy(429, "rateLimitExceeded"), "throttled", "RESOURCE_EXHAUSTED"],
    [429, rpc(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"), "throttled", "RESOURCE_EXHAUSTED"],
    [429, "Slow down", "throttled", "RESOURCE_EXHAUSTED"],
    [401, rpc(401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED"), "expired", "UNAUTHENTICATED"],
    [401, legacy(401, "authError"), "expired", "UNAUTHENTICATED"],
    [
      400,
      { error: "invalid_grant", error_description: "Token has been revoked." },
      "expired",
      "invalid_grant",
    ],
    [401, { error: "invalid_client" }, "denied", "invalid_client"],
    [400, { error: "invalid_target" }, "denied", "invalid_target"],
    [404, legacy(404, "notFound"), "unavailable", "NOT_FOUND"],
    [404, rpc(404, "NOT_FOUND"), "unavailable", "NOT_FOUND"],
    [400, rpc(400, "FAILED_PRECONDITION"), "unavailable", "FAILED_PRECONDITION"],
    [500, rpc(500, "INTERNAL"), "unavailable", "INTERNAL"],
    [503, legacy(503, "backendError"), "unavailable", "UNAVAILABLE"],
    [502, "<html>Bad Gateway</html>", "unavailable", "HTTP 502"],
  ])("of status %i is told by its body %#", (status, body, code, name) => {
    expect(classifyGcpError(new GcpCallFailed(status, body))).toMatchObject({ code, name });
    expect(classifyGcpError(wrapped(new GcpCallFailed(status, body)))).toMatchObject({ code, name });
  });

  it("of an answer that the SDK has wrapped itself is told by that", () => {
    const error = Object.assign(new Error("Request failed"), {
      response: { status: 403, data: legacy(403, "forbidden") },
    });
    expect(classifyGcpError(error)).toMatchObject({ code: "denied", name: "PERMISSION_DENIED" });
  });

  it.each([
    ["ECONNRESET"],
    ["ECONNREFUSED"],
    ["ETIMEDOUT"],
    ["ENOTFOUND"],
    ["ERR_STREAM_PREMATURE_CLOSE"],
    ["HPE_INVALID_CONSTANT"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["Z_BUF_ERROR"],
  ])("of the connection, %s, is unavailable", (code) => {
    expect(classifyGcpError(wrapped(system(code)))).toMatchObject({ code: "unavailable", name: code });
  });

  it("of our own making is told apart", () => {
    expect(classifyGcpError(wrapped(new MalformedAnswer("Cut.")))?.code).toBe("malformed");
    expect(classifyGcpError(new PartialAnswer("Not all."))?.code).toBe("unavailable");
    expect(classifyGcpError(new CredentialsUnavailable("None."))?.code).toBe("expired");
    expect(classifyGcpError(new ListFailed("x", new GcpCallFailed(403, {})))?.code).toBe("denied");
  });

  it.each([[new TypeError("x is undefined")], ["text"], [null], [undefined], [{ status: 403 }]])(
    "that no provider said is a bug: %#",
    (error) => {
      expect(classifyGcpError(error)).toBeNull();
    },
  );
});

describe("an API that is not in use", () => {
  const consumer = (name: string) =>
    rpc(403, "PERMISSION_DENIED", "SERVICE_DISABLED", { consumer: `projects/${name}` });
  const old = (number: string) =>
    legacy(
      403,
      "accessNotConfigured",
      `Compute Engine API has not been used in project ${number} before or it is disabled. Enable it by visiting https://console.developers.google.com/.`,
    );

  it.each([[consumer("123456")], [consumer("acme-prod")], [old("123456")], [old("acme-prod")]])(
    "by the project that is read says that nothing is there: %#",
    (body) => {
      const error = new GcpCallFailed(403, body, project);
      expect(classifyGcpError(error)).toMatchObject({ code: "disabled", name: "SERVICE_DISABLED" });
    },
  );

  it.each([[consumer("999")], [old("999")], [consumer("")], [legacy(403, "accessNotConfigured")]])(
    "by another project, or nobody knows which, says nothing about the one that is read: %#",
    (body) => {
      const error = new GcpCallFailed(403, body, project);
      expect(classifyGcpError(error)).toMatchObject({ code: "denied", name: "CONSUMER_SERVICE_DISABLED" });
    },
  );

  it("says nothing while it isn't known which project is read", () => {
    expect(classifyGcpError(new GcpCallFailed(403, consumer("123456")))?.name).toBe(
      "CONSUMER_SERVICE_DISABLED",
    );
  });
});

describe("the message", () => {
  const said = (message: string) =>
    classifyGcpError(new GcpCallFailed(403, { error: { code: 403, message } }))?.message ?? "";

  it("names the code and stays on one line", () => {
    expect(said("You may\n  not.")).toBe("PERMISSION_DENIED: You may not.");
    expect(said("")).toBe("PERMISSION_DENIED: The call was answered with status 403.");
  });

  it.each([
    ["ya29.a0AfH6SMBx-y_z.123 was refused", "PERMISSION_DENIED: ya29.… was refused"],
    ["refresh token 1//0gabcdefghijk", "PERMISSION_DENIED: refresh token 1//…"],
    ["eyJhbGciOi.eyJpc3MiOi.c2lnbmF0dXJl is bad", "PERMISSION_DENIED: eyJ… is bad"],
    ["GET /x?access_token=abc&alt=json", "PERMISSION_DENIED: GET /x?access_token=…&alt=json"],
    ["Authorization: Bearer abc.def", "PERMISSION_DENIED: Authorization: Bearer …"],
    [`key ${"A".repeat(120)}`, "PERMISSION_DENIED: key …"],
  ])("holds no secret: %s", (message, expected) => {
    expect(said(message)).toBe(expected);
  });

  it("is at most 500 characters long", () => {
    const message = said("no ".repeat(400));
    expect(message).toHaveLength(500);
    expect(message.endsWith("…")).toBe(true);
  });
});
