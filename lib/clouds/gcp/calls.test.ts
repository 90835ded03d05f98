import { expect, it, vi } from "vitest";
import {
  type Answers,
  failure,
  type GcpAnswer,
  GcpFailure,
  project,
  rpcFailure,
  startAnswers,
} from "#lib/inventory/gcp/test-answers.ts";
import { defaultLimits } from "../limits.ts";
import { Patience } from "../patience.ts";
import { gcpClients } from "./clients.ts";
import { classifyGcpError } from "./errors.ts";

/** Gives the answers one after the other, and the last one from then on. */
function inTurn(...answers: GcpAnswer[]): () => GcpAnswer {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? {};
}

const call = "GET storage.googleapis.com/storage/v1/b";
const buckets = { kind: "storage#buckets" };

async function listBuckets(answers: Answers, signal?: AbortSignal) {
  const { access, calls } = await startAnswers(answers);
  access.patience.set("storage", new Patience(() => 0));
  const api = await gcpClients(access).storage();
  const list = () => api.buckets.list({ project: project.id }, { signal: signal ?? null });
  return { access, calls, list };
}

const refusal = async (sent: Promise<unknown>) =>
  classifyGcpError(await sent.then(() => null).catch((error: unknown) => error));

it("asks again when throttled, failed, or answered by something that isn't Google, and counts it", async () => {
  const { access, list } = await listBuckets({
    [call]: inTurn(
      failure(403, "rateLimitExceeded"),
      failure(503, "backendError"),
      new GcpFailure(200, "<html><body>Please sign in to the hotel's network</body></html>"),
      new GcpFailure(200, ""),
      new GcpFailure(200, '{"kind": "storage#buck'),
      new GcpFailure(200, "[]"),
      new GcpFailure(302, ""),
      buckets,
    ),
  });
  expect((await list()).data).toEqual(buckets);
  expect(access.governor.usage().storage).toMatchObject({
    calls: 1,
    throttles: 1,
    retries: 7,
    limit: Math.floor(defaultLimits.start / 2),
    actions: { GET: { calls: 1, throttles: 1, retries: 7 } },
  });
});

it.each([
  [failure(403, "forbidden"), { code: "denied", name: "PERMISSION_DENIED" }],
  [failure(404, "notFound"), { code: "unavailable", name: "NOT_FOUND" }],
  [rpcFailure(400, "INVALID_ARGUMENT"), { code: "unavailable", name: "INVALID_ARGUMENT" }],
])("doesn't ask again when refused %#", async (answer, expected) => {
  const { calls, list } = await listBuckets({ [call]: answer });
  expect(await refusal(list())).toMatchObject(expected);
  expect(calls).toEqual([call]);
});

it("renews a token that was refused, and gives up in the end", async () => {
  const expired = rpcFailure(401, "UNAUTHENTICATED");
  const { access, calls, list } = await listBuckets({ [call]: inTurn(buckets, expired, buckets, expired) });
  const renew = vi.spyOn(access.token, "renew");
  await list();
  await list();
  expect(await refusal(list())).toMatchObject({ code: "expired", name: "UNAUTHENTICATED" });
  // One call, one and its repetition, one and its three.
  expect(calls).toHaveLength(1 + 2 + 4);
  expect(renew).toHaveBeenCalledTimes(0 + 1 + 3);
});

it("does not try again what asking for a token came to", async () => {
  const { access, calls, list } = await listBuckets({});
  access.token.provide = () => Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
  expect(await refusal(list())).toMatchObject({ code: "unavailable", name: "ECONNRESET" });
  expect(calls).toEqual([]);
});

it("gives a call up when it is aborted, waiting or under way", async () => {
  const controller = new AbortController();
  const { access, list } = await listBuckets(
    { [call]: failure(403, "rateLimitExceeded") },
    controller.signal,
  );
  const sent = Array.from({ length: 30 }, () => list());
  setImmediate(() => controller.abort(new Error("The scan was cancelled.")));
  const outcomes = await Promise.allSettled(sent);
  expect(outcomes.map(({ status }) => status)).toEqual(sent.map(() => "rejected"));
  expect(access.governor.limiterOf("storage").inFlight).toBe(0);
});

it("takes an answer without content for one where there is none to give", async () => {
  const { access } = await startAnswers({
    "DELETE storage.googleapis.com/storage/v1/b/old": new GcpFailure(204, ""),
  });
  const api = await gcpClients(access).storage();
  expect((await api.buckets.delete({ bucket: "old" })).status).toBe(204);
});

it("sends tokens to Google's hosts and nobody else", async () => {
  const { access, calls } = await startAnswers({});
  const sendTo = (url: string) =>
    access.caller.call({ method: "GET", url: new URL(url), headers: {} }, access.token);
  for (const url of [
    "https://evil.example/storage/v1/b",
    "https://storage.googleapis.com.evil.example/",
    "http://storage.googleapis.com/storage/v1/b",
    "https://storage.googleapis.com:8443/",
    "https://a.b.googleapis.com/",
  ]) {
    await expect(sendTo(url)).rejects.toThrow("is not a host of Google's APIs.");
  }
  expect(calls).toEqual([]);
});

it("goes to Google's own hosts even when the environment names another universe", async () => {
  process.env.GOOGLE_CLOUD_UNIVERSE_DOMAIN = "evil.example";
  try {
    const { calls, list } = await listBuckets({ [call]: buckets });
    await list();
    expect(calls).toEqual([call]);
  } finally {
    delete process.env.GOOGLE_CLOUD_UNIVERSE_DOMAIN;
  }
});

it("never keeps the places that getting a token needs", async () => {
  const { access, calls } = await startAnswers({
    "POST oauth2.googleapis.com/tokeninfo": { email: "a@b.example" },
  });
  const ask = () =>
    access.caller.call(
      { method: "POST", url: new URL("https://oauth2.googleapis.com/tokeninfo"), headers: {}, body: "" },
      access.token,
    );
  // As many as the limit begins with, all waiting for the first token, from the same host.
  const answers = await Promise.all(Array.from({ length: defaultLimits.start }, ask));
  expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ email: "a@b.example" })));
  expect(calls).toHaveLength(defaultLimits.start);
});
