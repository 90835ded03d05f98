/** One port of the sandbox: reads requests, has them answered, and cuts answers short when told to. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { WireResponse } from "./aws/wire/codec.ts";
import { readRequest, type WireRequest } from "./aws/wire/http-request.ts";
import type { Certificate } from "./certificate.ts";
import type { FaultSettings, Faults } from "./faults.ts";

export type Listening = { url: string; port: number; close: () => Promise<void> };

export type ListenOptions = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Speaks TLS with this certificate; plain HTTP without. */
  certificate?: Certificate;
  faults: Faults;
  /** Never rejects: whatever goes wrong has an answer. */
  answer(request: WireRequest): Promise<WireResponse>;
  /** What is said of the sandbox itself, which no fault befalls; `null` for all other requests. */
  answerItself?(message: IncomingMessage): WireResponse | null;
};

/** Rejects with the system's error (`EADDRINUSE`) when the port can't be had. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { host, port, certificate } = options;
  const onRequest = (message: IncomingMessage, response: ServerResponse) => {
    handle(message, response, options).catch(() => response.destroy());
  };
  const server = certificate ? createSecureServer(certificate, onRequest) : createServer(onRequest);
  // Longer than any client holds an idle connection, so that none sends into a closing one.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `${certificate ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  { answer, answerItself, faults }: ListenOptions,
): Promise<void> {
  const own = answerItself?.(message);
  if (own) {
    send(response, own);
    return;
  }
  const request = await readRequest(message);
  if (request === "too-large") {
    send(response, { status: 413, headers: { connection: "close" }, body: "" });
    return;
  }
  const answered = await answer(request);
  if (faults.isTruncated()) truncate(response, answered, faults.truncateMode);
  else send(response, answered);
}

/** A text goes out in one write with the head, which bytes do not. */
function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
  response.end(body);
}

/** Breaks the connection in the middle of the body, or ends the body there as if it were whole. */
function truncate(response: ServerResponse, answer: WireResponse, mode: FaultSettings["truncateMode"]): void {
  const bytes = Buffer.from(answer.body);
  const half = bytes.subarray(0, Math.floor(bytes.byteLength / 2));
  if (mode === "short") {
    send(response, { ...answer, body: half });
    return;
  }
  response.writeHead(answer.status, { ...answer.headers, "content-length": Math.max(1, bytes.byteLength) });
  response.write(half, () => response.destroy());
}
