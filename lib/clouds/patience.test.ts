import { expect, it, vi } from "vitest";
import { CallGovernor } from "./limits.ts";
import { type Judgement, Patience, type PatientSending, retryAfterMs, sendPatiently } from "./patience.ts";

const judge: PatientSending<number>["judge"] = (outcome): Judgement => {
  if ("error" in outcome) return { cause: "failed", askedMs: 0 };
  return outcome.answer === 429 ? { cause: "throttled", askedMs: 0 } : null;
};

function sending(answers: (number | Error)[], governor = new CallGovernor()) {
  const send = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer ?? 0;
  });
  const patience = new Patience(() => 0);
  return { send, governor, call: { governor, patience, service: "storage", action: "list", send, judge } };
}

it("tries again until there is an answer that stands, and counts", async () => {
  const { send, call, governor } = sending([429, new Error("reset"), 429, 200]);
  expect(await sendPatiently(call)).toBe(200);
  expect(send).toHaveBeenCalledTimes(4);
  expect(governor.usage()).toMatchObject({ storage: { calls: 1, throttles: 2, retries: 3 } });
});

it("hands out the last answer, or the last error, when attempts run out", async () => {
  const throttled = sending([429]);
  expect(await sendPatiently(throttled.call)).toBe(429);
  expect(throttled.send).toHaveBeenCalledTimes(20);
  const failing = sending([new Error("reset")]);
  await expect(sendPatiently(failing.call)).rejects.toThrow("reset");
  expect(failing.send).toHaveBeenCalledTimes(10);
});

it("leaves its place while it backs off, and gives every place back", async () => {
  const governor = new CallGovernor({ start: 1, max: 1 });
  const inFlight: number[] = [];
  const answers = [429, 429, 200, 200, 200];
  const send = async () => {
    inFlight.push(governor.limiterOf("storage").inFlight);
    return answers.shift() ?? 200;
  };
  const call = { governor, patience: new Patience(() => 0), service: "storage", action: "list", send, judge };
  expect(await Promise.all([sendPatiently(call), sendPatiently(call), sendPatiently(call)])).toEqual([
    200, 200, 200,
  ]);
  expect(inFlight).toEqual([1, 1, 1, 1, 1]);
  expect(governor.limiterOf("storage").inFlight).toBe(0);
});

it("stops trying when it is aborted", async () => {
  const abort = new AbortController();
  const { send, call } = sending([new Error("reset")]);
  send.mockImplementation(async () => {
    abort.abort();
    throw new Error("reset");
  });
  await expect(sendPatiently({ ...call, signal: abort.signal })).rejects.toThrow("reset");
  expect(send).toHaveBeenCalledTimes(1);
});

it.each([
  ["3", 3_000],
  ["Wed, 21 Oct 2026 07:28:00 GMT", 60_000],
  ["Wed, 21 Oct 2020 07:28:00 GMT", 0],
  ["soon", 0],
  [null, 0],
])("reads Retry-After %s as %d ms", (header, ms) => {
  expect(retryAfterMs(header, Date.parse("2026-10-21T07:27:00Z"))).toBe(ms);
});
