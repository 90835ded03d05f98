import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { CallGovernor } from "../limits.ts";
import { resourceManagerAction } from "./clients.ts";
import { classifyAzureError } from "./errors.ts";
import { governedClient } from "./http.ts";
import type { TokenSource } from "./tokens.ts";

const baseUrl = "https://management.azure.com";
const path = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";
const action = "GET Microsoft.Storage/storageAccounts";

type Outcome = { status?: number; body?: string; headers?: Record<string, string> } | Error;
const fine: Outcome = { body: '{"id":"a"}' };
const status = (code: number, headers = {}): Outcome => ({
  status: code,
  body: '{"error":{"code":"Said","message":"By a test."}}',
  headers,
});

/** A client over a transport that answers one outcome after the other, the last one for ever. */
function makeClient(...outcomes: Outcome[]) {
  const sent: { url: string; authorization: string | undefined }[] = [];
  const renewals: unknown[][] = [];
  let token = "t1";
  const tokens: TokenSource = {
    get: async () => ({ token, expiresOnTimestamp: Number.POSITIVE_INFINITY }),
    accepted: () => {},
    renew: (...given) => {
      renewals.push(given);
      token = `t${renewals.length + 1}`;
      return true;
    },
  };
  const governor = new CallGovernor();
  const client = governedClient({
    transport: {
      async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
        sent.push({ url: request.url, authorization: request.headers.get("Authorization") });
        const outcome = (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? fine;
        if (outcome instanceof Error) throw outcome;
        const { status: code = 200, body = "", headers = {} } = outcome;
        return { request, status: code, bodyAsText: body, headers: createHttpHeaders(headers) };
      },
    },
    governor,
    service: "storage",
    tokens,
    baseUrl,
    actionOf: resourceManagerAction,
    random: () => 0,
  });
  const get = (signal?: AbortSignal, url = `${baseUrl}${path}?api-version=1`) =>
    client.sendRequest(createPipelineRequest({ url, ...(signal ? { abortSignal: signal } : {}) }));
  return { get, sent, renewals, tokens, counts: () => governor.usage().storage };
}

describe("governedClient", () => {
  it.each([
    ["throttling", status(429, { "Retry-After": "0" })],
    ["an internal error", status(500)],
    ["a busy server", status(503)],
    ["a timeout that the service reports", status(408)],
    ["a connection that broke", new RestError("socket hang up", { code: "ECONNRESET" })],
    ["a body cut off", new RestError("aborted", { code: "ECONNRESET" })],
    ["a body cut short", { body: '{"id":"a' }],
    ["an empty body", { body: "" }],
    ["a proxy's page", { body: "<html></html>" }],
    ["a refusal by a proxy", { status: 403, body: "<html></html>" }],
  ])("tries again after %s", async (_, outcome) => {
    const { get, sent, counts } = makeClient(outcome, outcome, fine);
    expect((await get()).bodyAsText).toBe('{"id":"a"}');
    expect(sent.length).toBe(3);
    const throttles = "status" in outcome && outcome.status === 429 ? 2 : 0;
    expect(counts()?.actions).toEqual({ [action]: { calls: 1, throttles, retries: 2 } });
  });

  it.each([
    [status(403), "denied", 1],
    [status(404), "unavailable", 1],
    [status(409), "unavailable", 1],
    [status(429), "throttled", 20],
    [status(500), "unavailable", 10],
    [{ body: "" }, "malformed", 10],
    [{ body: "<html></html>" }, "malformed", 10],
    [new RestError("refused", { code: "ECONNREFUSED" }), "unavailable", 10],
  ])("gives up on %o as %s after %i attempts", async (outcome, code, attempts) => {
    const { get, sent } = makeClient(outcome);
    const error: unknown = await get().catch((thrown: unknown) => thrown);
    expect(classifyAzureError(error)?.code).toBe(code);
    expect(sent.length).toBe(attempts);
  });

  it("doesn't hide a bug behind retries", async () => {
    const { get, sent } = makeClient(new TypeError("ours"));
    await expect(get()).rejects.toThrow("ours");
    expect(sent.length).toBe(1);
  });

  it("shows its token to nobody else", async () => {
    const { get, sent } = makeClient(fine);
    await expect(get(undefined, `https://management.azure.com.evil.example${path}`)).rejects.toThrow(
      "points away",
    );
    await expect(get(undefined, `http://management.azure.com${path}`)).rejects.toThrow("points away");
    expect(sent).toEqual([]);
  });

  it("renews a token that has expired, with the claims that the service asks for", async () => {
    const claims = Buffer.from('{"access_token":{"nbf":{"essential":true}}}').toString("base64");
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
    const { get, sent, renewals, counts } = makeClient(
      status(401, { "WWW-Authenticate": challenge }),
      status(401),
      fine,
    );
    expect((await get()).status).toBe(200);
    expect(sent.map(({ authorization }) => authorization)).toEqual(["Bearer t1", "Bearer t2", "Bearer t3"]);
    expect(renewals).toEqual([
      ["t1", '{"access_token":{"nbf":{"essential":true}}}'],
      ["t2", undefined],
    ]);
    expect(counts()?.actions).toEqual({ [action]: { calls: 1, throttles: 0, retries: 0 } });
  });

  it("gives up when new tokens are refused as well, or none can be had", async () => {
    const endless = makeClient(status(401));
    await expect(endless.get()).rejects.toMatchObject({ statusCode: 401 });
    expect(endless.sent.length).toBe(4);
    const once = makeClient(status(401));
    once.tokens.renew = () => false;
    expect(classifyAzureError(await once.get().catch((error: unknown) => error))?.code).toBe("expired");
    expect(once.sent.length).toBe(1);
  });

  it("tells a login's failure as it is, and doesn't repeat it", async () => {
    const { get, sent, tokens } = makeClient(fine);
    let asked = 0;
    const down = new RestError("down", { code: "ECONNREFUSED" });
    tokens.get = async () => {
      asked += 1;
      throw down;
    };
    await expect(get()).rejects.toBe(down);
    expect([asked, sent.length]).toEqual([1, 0]);
  });

  it("stops waiting when it is aborted", async () => {
    const stop = new AbortController();
    const { get, sent } = makeClient(status(429, { "Retry-After": "3600" }));
    const call = get(stop.signal);
    // Not before the first attempt has been answered and the waiting has begun.
    await expect.poll(() => sent.length).toBe(1);
    stop.abort(new Error("Stopped by the test."));
    await expect(call).rejects.toThrow();
    expect(sent.length).toBe(1);
  });
});

describe("resourceManagerAction", () => {
  it.each([
    ["/subscriptions", "GET Microsoft.Resources/subscriptions"],
    ["/subscriptions/s/locations", "GET Microsoft.Resources/subscriptions/locations"],
    ["/subscriptions/s/providers/Microsoft.Sql/servers", "GET Microsoft.Sql/servers"],
    [`${path}/blobServices/default`, "GET Microsoft.Storage/storageAccounts/blobServices"],
    [`${path}/providers/Microsoft.Insights/diagnosticSettings`, "GET Microsoft.Insights/diagnosticSettings"],
  ])("names %s", (url, expected) => {
    expect(resourceManagerAction(createPipelineRequest({ url: `${baseUrl}${url}` }))).toBe(expected);
  });
});
