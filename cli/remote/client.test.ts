import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { RemoteClient } from "./client.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let handle: Handler = () => undefined;
const server = createServer((request, response) => handle(request, response));
await new Promise<void>((resolve) => {
  server.listen(0, "127.0.0.1", resolve);
});
afterAll(() => server.close());
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const token = "parapet_0123_secret";
const waits: number[] = [];
const client = new RemoteClient({ url, token }, async (seconds) => waits.push(seconds));
const answer = z.object({ ok: z.boolean() });

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
};
const problem = (code: string, detail: string) => ({
  code,
  detail,
  errors: [{ field: "name", message: "No." }],
});

it("sends the token and what is asked for, and takes what was promised out of the answer", async () => {
  const seen: unknown[] = [];
  handle = (request, response) => {
    seen.push([request.method, request.url, request.headers.authorization]);
    json(response, 200, { ok: true, more: 1 });
  };
  const got = await client.request("GET", "/findings", {
    query: { severity: ["high", "low"], text: "a b", after: undefined },
    answer,
  });
  expect(got).toEqual({ ok: true });
  expect(seen).toEqual([["GET", "/api/v1/findings?severity=high&severity=low&text=a+b", `Bearer ${token}`]]);
});

it("follows cursors up to a limit", async () => {
  const pages = [
    { data: [1, 2], next: "b" },
    { data: [3, 4], next: "c" },
  ];
  const seen: (string | undefined)[] = [];
  handle = (request, response) => {
    seen.push(request.url);
    json(response, 200, pages[seen.length - 1]);
  };
  expect(await client.list("/things", { q: "x" }, z.int(), 4)).toEqual([1, 2, 3, 4]);
  expect(seen).toEqual(["/api/v1/things?q=x&limit=4", "/api/v1/things?q=x&limit=2&after=b"]);
});

it("comes again when it is told to wait, a few times; what writes, only when it was turned away", async () => {
  const counted = (status: number, headers: Record<string, string>) => {
    let tries = 0;
    handle = (_, response) => {
      tries++;
      json(response, status, problem("rate_limited", "Wait."), headers);
    };
    return () => tries;
  };
  let tries = counted(429, { "retry-after": "7" });
  await expect(client.request("POST", "/x", { answer })).rejects.toMatchObject({ code: "rate_limited" });
  expect({ tries: tries(), waits: waits.splice(0) }).toEqual({ tries: 5, waits: [7, 7, 7, 7] });
  tries = counted(429, { "retry-after": "3600" });
  await expect(client.request("GET", "/x", { answer })).rejects.toThrow("Wait.");
  expect({ tries: tries(), waits: waits.splice(0) }).toEqual({ tries: 1, waits: [] });
  tries = counted(503, {});
  await expect(client.request("GET", "/x", { answer })).rejects.toThrow("Wait.");
  expect({ tries: tries(), waits: waits.splice(0) }).toEqual({ tries: 5, waits: [2, 2, 2, 2] });
  tries = counted(503, {});
  await expect(client.request("POST", "/x", { answer })).rejects.toThrow("Wait.");
  expect(tries()).toBe(1);
});

it.for([
  [409, problem("conflict", "It changed."), {}, "conflict", "It changed."],
  [404, problem("not_found", "No \u001b[31maccount\u0007."), {}, "not_found", "No account�."],
  [418, problem("teapot", "Tea."), {}, "unavailable", "Tea."],
  [
    502,
    "<html>",
    {},
    "unavailable",
    `${url} answered with status 502 and no explanation. Is it a Parapet server?`,
  ],
  [
    200,
    { ok: "yes" },
    {},
    "unavailable",
    `${url} answered in a way that this version of parapet doesn't understand. Is it a Parapet server, of about this version?`,
  ],
  [
    302,
    {},
    { location: "https://evil.example/\u009b2J" },
    "unavailable",
    `${url} refers to https://evil.example/. Set PARAPET_URL to where the server is.`,
  ],
] as const)("says of status %s what is wrong", async ([status, body, headers, code, message]) => {
  handle = (_, response) => json(response, status, body, headers);
  await expect(client.request("GET", "/x", { answer })).rejects.toMatchObject({ code, message });
});

it("says why a server can't be reached, and never the token", async () => {
  const tls = new RemoteClient({ url: url.replace("http:", "https:"), token });
  await expect(tls.request("GET", "/x", { answer })).rejects.toThrow("it doesn't speak TLS");
  const gone = createServer();
  await new Promise<void>((resolve) => {
    gone.listen(0, "127.0.0.1", resolve);
  });
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const nobody = new RemoteClient({ url: `http://127.0.0.1:${port}`, token });
  const failed = await nobody.request("GET", "/x", { answer }).catch((error: unknown) => error);
  expect(String(failed)).toContain("nothing listens there");
  expect(String(failed)).not.toContain(token);
  expect(() => new RemoteClient({ url: "http://parapet.example.com", token })).toThrow(
    "must begin with https",
  );
});
