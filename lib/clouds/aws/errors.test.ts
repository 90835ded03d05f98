import { describe, expect, it } from "vitest";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import { classifyAwsError, safeMessage } from "./errors.ts";

const said = (name: string, httpStatusCode?: number, message = "said") =>
  Object.assign(new Error(message), {
    name,
    ...(httpStatusCode ? { $metadata: { httpStatusCode }, $fault: "client" } : {}),
  });
const unparsable = (httpStatusCode: number) =>
  Object.assign(new Error("XML parse error"), { $metadata: { httpStatusCode } });
const network = (code: string) => Object.assign(new Error("socket hang up"), { code });

describe("what AWS said", () => {
  it.each([
    ["denied", said("AccessDenied", 403)],
    ["denied", said("AccessDeniedException", 400)],
    ["denied", said("UnauthorizedOperation", 403)],
    ["denied", said("AccessDenied", 403, "with an explicit deny in a service control policy")],
    ["denied", said("SomethingNew", 403)],
    ["denied", said("SignatureDoesNotMatch", 403)],
    ["expired", said("ExpiredToken", 400)],
    ["expired", said("ExpiredTokenException", 403)],
    ["expired", said("RequestExpired", 400)],
    ["expired", said("InvalidClientTokenId", 403)],
    ["expired", said("UnrecognizedClientException", 400)],
    ["expired", said("CredentialsProviderError")],
    ["disabled", said("OptInRequired", 401)],
    ["disabled", said("SubscriptionRequiredException", 400)],
    ["throttled", said("Throttling", 400)],
    ["throttled", said("ThrottlingException", 400)],
    ["throttled", said("RequestLimitExceeded", 503)],
    ["throttled", said("SlowDown", 503)],
    ["throttled", said("TooManyRequestsException", 429)],
    ["throttled", said("Whatever", 429)],
    ["unavailable", said("InternalError", 500)],
    ["unavailable", said("ServiceUnavailable", 503)],
    ["unavailable", said("UnknownOperationException", 400)],
    ["unavailable", said("TimeoutError")],
    ["unavailable", network("ECONNRESET")],
    ["unavailable", network("ENOTFOUND")],
    ["unavailable", network("SELF_SIGNED_CERT_IN_CHAIN")],
    ["unavailable", network("ERR_STREAM_PREMATURE_CLOSE")],
    ["unavailable", unparsable(502)],
    ["malformed", unparsable(200)],
    ["malformed", unparsable(404)],
    ["malformed", new MalformedAnswer("The answer is empty.")],
  ])("%s: %s", (code, error) => {
    expect(classifyAwsError(error)?.code).toBe(code);
  });

  it("tells a region that is off from keys that are no longer valid by what is known of the region", () => {
    for (const name of ["AuthFailure", "UnrecognizedClientException", "InvalidClientTokenId"]) {
      expect(classifyAwsError(said(name, 401), false)?.code).toBe("disabled");
      expect(classifyAwsError(said(name, 401), true)?.code).toBe("expired");
    }
  });

  it("is nothing AWS said when it is a bug", () => {
    for (const bug of [new TypeError("x is not a function"), new RangeError("y"), "text", null, undefined]) {
      expect(classifyAwsError(bug)).toBeNull();
    }
  });
});

describe("its message", () => {
  it("holds no keys, tokens or encoded authorization, and is at most 500 characters long", () => {
    const secret = "FwoGZXIvYXdzE".repeat(20);
    const message = safeMessage(
      said(
        "UnauthorizedOperation",
        403,
        `You are not\n authorized. User: ASIAIOSFODNN7EXAMPLE https://x/?X-Amz-Security-Token=${secret}&X-Amz-Signature=abc123 ${secret} Encoded authorization failure message: ${secret}`,
      ),
    );
    expect(message).toBe(
      "UnauthorizedOperation: You are not authorized. User: ASIA… https://x/?X-Amz-Security-Token=…&X-Amz-Signature=… …",
    );
    expect(safeMessage(said("X", 400, "word ".repeat(500)))).toHaveLength(500);
  });

  it("is the name when nothing else was said", () => {
    expect(safeMessage(said("NotFound", 404, ""))).toBe("NotFound");
    expect(safeMessage(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
    expect(safeMessage(said("NotFound", 404, "NotFound: gone"))).toBe("NotFound: gone");
  });
});
