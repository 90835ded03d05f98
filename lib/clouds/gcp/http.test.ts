import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it, onTestFinished } from "vitest";
import { maxAnswerBytes } from "../bound-answer.ts";
import { classifyGcpError } from "./errors.ts";
import { HttpPool } from "./http.ts";

async function serve(
  answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  attemptMs?: number,
) {
  const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  let sockets = 0;
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    incoming.on("end", () => {
      const { method, url, headers } = incoming;
      seen.push({ ...(method ? { method } : {}), ...(url ? { url } : {}), headers, body });
      answer(incoming, outgoing);
    });
  });
  server.on("connection", () => {
    sockets += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const pool = new HttpPool({ NODE_ENV: "test" }, attemptMs);
  onTestFinished(() => {
    pool.close();
    server.close();
    server.closeAllConnections();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/x?y=z`);
  return { pool, url, seen, sockets: () => sockets };
}

const get = { method: "GET", headers: {} };

it("sends over kept-alive sockets, and takes any status for an answer", async () => {
  let status = 200;
  const { pool, url, seen, sockets } = await serve((_incoming, outgoing) => {
    outgoing.writeHead(status++, { "x-a": "b" }).end('{"ä":1}');
  });
  const headers = { authorization: "Bearer t" };
  expect(await pool.send({ method: "GET", url, headers })).toMatchObject({
    status: 200,
    headers: { "x-a": "b" },
    body: '{"ä":1}',
  });
  expect(await pool.send({ method: "POST", url, headers, body: '{"ö":2}' })).toMatchObject({ status: 201 });
  expect(seen).toMatchObject([
    { method: "GET", url: "/v1/x?y=z", headers: { authorization: "Bearer t" }, body: "" },
    { method: "POST", headers: { "content-length": "8" }, body: '{"ö":2}' },
  ]);
  expect(sockets()).toBe(1);
});

it("unzips", async () => {
  const { pool, url } = await serve((_incoming, outgoing) => {
    outgoing.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"a":1}'));
  });
  expect((await pool.send({ ...get, url })).body).toBe('{"a":1}');
});

it("follows no redirect", async () => {
  const { pool, url, seen } = await serve((_incoming, outgoing) => {
    outgoing.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
  });
  expect(await pool.send({ ...get, url })).toMatchObject({ status: 302 });
  expect(seen).toHaveLength(1);
});

it.each([
  ["cut off", { "content-length": "100" }, '{"a":', "unavailable"],
  [
    "cut off while zipped",
    { "content-encoding": "gzip" },
    gzipSync('{"a":1}').subarray(0, 12),
    "unavailable",
  ],
  ["in an encoding that nobody asked for", { "content-encoding": "br" }, "x", "malformed"],
  ["that isn't zipped after all", { "content-encoding": "gzip" }, '{"a":1}', "unavailable"],
])("fails on an answer that is %s", async (_what, headers, body, code) => {
  const { pool, url } = await serve((_incoming, outgoing) => {
    outgoing.writeHead(200, headers);
    if ("content-length" in headers) outgoing.write(body, () => outgoing.destroy());
    else outgoing.end(body);
  });
  const error = await pool.send({ ...get, url }).catch((cause: unknown) => cause);
  expect(classifyGcpError(error)).toMatchObject({ code });
});

it("reads no more than an API ever sends, unzipped", async () => {
  const bomb = gzipSync(Buffer.alloc(maxAnswerBytes + 1));
  const { pool, url } = await serve((_incoming, outgoing) => {
    outgoing.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
  });
  expect(bomb.byteLength).toBeLessThan(100_000);
  const error = await pool.send({ ...get, url }).catch((cause: unknown) => cause);
  expect(classifyGcpError(error)).toMatchObject({ code: "malformed" });
});

it.each([
  ["drop by drop", {}],
  ["drop by drop, zipped", { "content-encoding": "gzip" }],
  ["not at all", null],
])("doesn't wait for ever for an answer that comes %s", async (_what, headers) => {
  const { pool, url } = await serve((_incoming, outgoing) => {
    if (headers === null) return;
    outgoing.writeHead(200, headers);
    const drip = setInterval(() => outgoing.write("content-encoding" in headers ? gzipSync(" ") : " "), 20);
    outgoing.on("close", () => clearInterval(drip));
  }, 200);
  const error = await pool.send({ ...get, url }).catch((cause: unknown) => cause);
  expect(classifyGcpError(error)).toMatchObject({ code: "unavailable", name: "ETIMEDOUT" });
});

it("gives a call up when it is aborted", async () => {
  const controller = new AbortController();
  const { pool, url } = await serve(() => controller.abort(new Error("enough")));
  const error = await pool.send({ ...get, url, signal: controller.signal }).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ name: "AbortError" });
  expect(classifyGcpError(error)).toBeNull();
});

it("says that nobody answers", async () => {
  const pool = new HttpPool({ NODE_ENV: "test" });
  const error = await pool
    .send({ ...get, url: new URL("http://127.0.0.1:1/") })
    .catch((cause: unknown) => cause);
  expect(classifyGcpError(error)).toMatchObject({ code: "unavailable", name: "ECONNREFUSED" });
});

it("leads to an emulator past any proxy", async () => {
  const { url } = await serve((_incoming, outgoing) => outgoing.writeHead(200).end("{}"));
  const pool = new HttpPool({
    NODE_ENV: "test",
    HTTP_PROXY: "http://127.0.0.1:1",
    HTTPS_PROXY: "http://127.0.0.1:1",
  });
  expect(await pool.send({ ...get, url })).toMatchObject({ status: 200 });
  const google = new URL("https://storage.googleapis.com/storage/v1/b");
  const error = await pool.send({ ...get, url: google }).catch((cause: unknown) => cause);
  pool.close();
  expect(classifyGcpError(error)).toMatchObject({ code: "unavailable", name: "ECONNREFUSED" });
});
