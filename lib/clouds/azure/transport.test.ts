import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { createPipelineRequest } from "@azure/core-rest-pipeline";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Certificate, makeServerCertificate } from "#sandbox/certificate.ts";
import { maxAnswerBytes } from "../bound-answer.ts";
import { classifyAzureError } from "./errors.ts";
import { createTransport } from "./transport.ts";

let certificate: Certificate;
beforeAll(async () => {
  certificate = await makeServerCertificate();
});

async function serve(
  answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  { ca, attemptMs }: { ca?: string; attemptMs?: number } = {},
) {
  const server = createServer(certificate, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const transport = createTransport(ca ?? certificate.cert, attemptMs);
  onTestFinished(() => {
    transport.close();
    server.close();
    server.closeAllConnections();
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/x?y=1`;
  const send = (more: Partial<Parameters<typeof createPipelineRequest>[0]> = {}) =>
    transport.sendRequest(createPipelineRequest({ url, ...more }));
  return { send, server };
}

const whyNot = async (answer: Promise<unknown>) =>
  classifyAzureError(await answer.catch((error: unknown) => error));
const body = JSON.stringify({ value: Array.from({ length: 500 }, (_, n) => ({ id: n })) });

describe("createTransport", () => {
  it("sends and reads whole requests over one socket", async () => {
    const seen: string[] = [];
    const sockets = new Set<unknown>();
    const { send } = await serve((incoming, outgoing) => {
      sockets.add(incoming.socket);
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        seen.push(
          `${incoming.method} ${incoming.url} ${incoming.headers["content-length"]} ${chunks.join("")}`,
        );
        outgoing.writeHead(201, { "x-one": ["a", "b"] }).end("{}");
      });
    });
    const answer = await send({ method: "PUT", body: '{"ü":1}' });
    await send();
    expect({ status: answer.status, body: answer.bodyAsText, one: answer.headers.get("x-one") }).toEqual({
      status: 201,
      body: "{}",
      one: "a, b",
    });
    expect(seen).toEqual(['PUT /x?y=1 8 {"ü":1}', "GET /x?y=1 undefined "]);
    expect(sockets.size).toBe(1);
  });

  it("reads compressed answers", async () => {
    const { send } = await serve((_, outgoing) =>
      outgoing.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(body)),
    );
    expect((await send()).bodyAsText).toBe(body);
  });

  it.each([
    ["a body", (bytes: Buffer) => ({ bytes, headers: {} })],
    [
      "a compressed body",
      (bytes: Buffer) => ({ bytes: gzipSync(bytes), headers: { "content-encoding": "gzip" } }),
    ],
  ])("notices that %s was cut off", async (_, encode) => {
    const { send } = await serve((_incoming, outgoing) => {
      const { bytes, headers } = encode(Buffer.from(body));
      outgoing.writeHead(200, { ...headers, "content-length": bytes.byteLength });
      outgoing.write(bytes.subarray(0, bytes.byteLength / 2), () => outgoing.destroy());
    });
    expect((await whyNot(send()))?.code).toBe("unavailable");
  });

  it("notices that a compressed body ended too early", async () => {
    const { send } = await serve((_, outgoing) => {
      const bytes = gzipSync(body);
      outgoing
        .writeHead(200, { "content-encoding": "gzip" })
        .end(bytes.subarray(0, Math.floor(bytes.byteLength / 2)));
    });
    expect((await whyNot(send()))?.code).toBe("unavailable");
  });

  it.each([
    ["never answers", (_: IncomingMessage, outgoing: ServerResponse) => void outgoing],
    [
      "stops in the middle",
      (_: IncomingMessage, outgoing: ServerResponse) =>
        void outgoing.writeHead(200, { "content-length": 100 }).write("{"),
    ],
  ])("gives up on a server that %s", async (_, answer) => {
    const { send } = await serve(answer, { attemptMs: 100 });
    expect(await whyNot(send())).toEqual({
      code: "unavailable",
      name: "ETIMEDOUT",
      message: "ETIMEDOUT: The answer took too long.",
    });
  });

  it("ends a call that is aborted, with the abort's reason", async () => {
    const stop = new AbortController();
    const { send, server } = await serve(() => {});
    const call = send({ abortSignal: stop.signal });
    server.once("request", () => stop.abort(new Error("Stopped by the test.")));
    await expect(call).rejects.toThrow("Stopped by the test.");
    await expect(send({ abortSignal: stop.signal })).rejects.toThrow("Stopped by the test.");
  });

  it("believes no certificate but the one that it was given", async () => {
    const { cert } = await makeServerCertificate();
    const { send } = await serve((_, outgoing) => outgoing.end("{}"), { ca: cert });
    expect((await whyNot(send()))?.code).toBe("unavailable");
  });

  it("speaks to nobody without TLS, and tells when nobody is there", async () => {
    const { send } = await serve((_, outgoing) => outgoing.end("{}"));
    await expect(send({ url: "http://127.0.0.1:1/" })).rejects.toThrow("no https address");
    expect(await whyNot(send({ url: "https://127.0.0.1:1/" }))).toMatchObject({
      code: "unavailable",
      name: "ECONNREFUSED",
    });
  });

  it("reads no more than Azure ever sends, unzipped", async () => {
    const bomb = gzipSync(Buffer.alloc(maxAnswerBytes + 1));
    const { send } = await serve((_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    expect(await whyNot(send())).toMatchObject({ code: "malformed" });
  });
});
