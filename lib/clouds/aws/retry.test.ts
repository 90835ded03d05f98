import type { RetryErrorInfo, RetryToken } from "@smithy/types";
import { expect, it } from "vitest";
import { PatientRetryStrategy } from "./retry.ts";

const errorOf = (
  name: string,
  httpStatusCode: number,
  errorType: RetryErrorInfo["errorType"],
): RetryErrorInfo => ({
  error: Object.assign(new Error(name), {
    name,
    $metadata: { httpStatusCode },
    $fault: "server" as const,
    cause: undefined,
  }),
  errorType,
});
const throttle = errorOf("SlowDown", 503, "THROTTLING");
const failure = errorOf("InternalError", 500, "TRANSIENT");

/** How often a call that always fails so is tried. */
async function attemptsUntilGivenUp(strategy: PatientRetryStrategy, info: RetryErrorInfo): Promise<number> {
  let token: RetryToken | null = await strategy.acquireInitialRetryToken();
  for (let attempts = 1; ; attempts += 1) {
    token = await strategy.refreshRetryTokenForRetry(token, info).catch(() => null);
    if (!token) return attempts;
  }
}

it("is more patient with throttling than with failures, and not at all with refusals", async () => {
  const attempts = (info: RetryErrorInfo) => attemptsUntilGivenUp(new PatientRetryStrategy(), info);
  expect(await attempts(throttle)).toBe(20);
  expect(await attempts(failure)).toBe(10);
  expect(await attempts(errorOf("AccessDenied", 403, "CLIENT_ERROR"))).toBe(1);
  // A body cut short on its way comes as an answer that can't be parsed.
  expect(await attempts(errorOf("SyntaxError", 200, "CLIENT_ERROR"))).toBe(10);
});

it("draws each delay from zero to a bound that doubles up to its cap", async () => {
  const delaysMs = async (random: number) => {
    const strategy = new PatientRetryStrategy(() => random);
    let token = await strategy.acquireInitialRetryToken();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      token = await strategy.refreshRetryTokenForRetry(token, failure);
      delays.push(token.getRetryDelay());
    }
    return delays;
  };
  expect(await delaysMs(1)).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  expect(await delaysMs(0)).toEqual(Array(8).fill(0));
});

it("honours Retry-After, within reason", async () => {
  const now = Date.parse("2026-01-31T12:00:00Z");
  const strategy = new PatientRetryStrategy(
    () => 0,
    () => now,
  );
  const after = async (ms: number) => {
    const token = await strategy.acquireInitialRetryToken();
    const info = { ...throttle, retryAfterHint: new Date(now + ms) };
    return (await strategy.refreshRetryTokenForRetry(token, info)).getRetryDelay();
  };
  expect(await after(1_500)).toBe(1_500);
  expect(await after(3_600_000)).toBe(8_000);
});

it("loses patience with a service that is down, and finds it again after one success", async () => {
  const strategy = new PatientRetryStrategy(() => 0);
  for (let call = 0; call < 3; call += 1) expect(await attemptsUntilGivenUp(strategy, failure)).toBe(10);
  expect(await attemptsUntilGivenUp(strategy, failure)).toBe(2);
  strategy.recordSuccess();
  expect(await attemptsUntilGivenUp(strategy, failure)).toBe(10);
});
