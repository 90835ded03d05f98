import { expect, test } from "vitest";
import { explainExchange } from "./problem.ts";
import { mergeClaims } from "./provider.ts";

test("what is signed counts, userinfo fills in", () => {
  expect(mergeClaims({ sub: "a", name: "Signed" }, { sub: "a", name: "Other", groups: ["x"] })).toEqual({
    sub: "a",
    name: "Signed",
    groups: ["x"],
  });
});

test("an address is verified only where that was said of this very one", () => {
  const signed = { sub: "a", email: "boss@example.test" };
  const own = { sub: "a", email: "me@example.test", email_verified: true };
  expect(mergeClaims(signed, own)).toEqual(signed);
  expect(mergeClaims(signed, { ...own, email: "boss@example.test" })).toEqual({
    ...signed,
    email_verified: true,
  });
  expect(mergeClaims({ sub: "a" }, own)).toEqual(own);
  expect(mergeClaims({ ...signed, email_verified: false }, { ...own, email: signed.email })).toEqual({
    ...signed,
    email_verified: false,
  });
});

test("userinfo about someone else is refused", () => {
  expect(() => mergeClaims({ sub: "a" }, { sub: "b" })).toThrow("about someone else");
});

test("of an error that holds tokens nothing is passed on", () => {
  const error = Object.assign(new Error("unexpected JWT property ey.secret.token"), {
    jwt: "ey.secret.token",
  });
  const problem = explainExchange(error);
  expect({ ...problem, message: problem.message, cause: problem.cause }).toEqual({
    name: "SignInProblem",
    code: "untrusted",
    detail: "The provider's token could not be verified.",
    user: null,
    message: "The provider's token could not be verified.",
    cause: undefined,
  });
});

test.each([
  [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "unreachable"],
  [new Error("outgoing request timed out after 10000ms"), "unreachable"],
  [new Error("expected 200 OK, got: 503 Service Unavailable"), "unreachable"],
  [new Error("expected 200 OK, got: 404 Not Found"), "misconfigured"],
  [Object.assign(new Error("no"), { error: "temporarily_unavailable" }), "unreachable"],
  [Object.assign(new Error("no"), { error: "<script>" }), "misconfigured"],
  ["no error at all", "untrusted"],
])("%s is %s", (error, code) => {
  expect(explainExchange(error).code).toBe(code);
});
