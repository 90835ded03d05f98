/** The sandbox cloud: a local HTTP server that speaks the clouds' own wire protocols over one stateful estate. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AwsEstate, Service } from "./aws/model.ts";
import { AwsLayer } from "./aws/wire/aws-layer.ts";
import type { CallLog } from "./aws/wire/call-log.ts";
import type { WireResponse } from "./aws/wire/codec.ts";
import { readRequest } from "./aws/wire/http-request.ts";
import { type FaultSettings, Faults } from "./faults.ts";

export type SandboxOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Loopback by default, and it should stay there: the estate's keys open everything in it. */
  host?: string;
  estate: AwsEstate;
  services: readonly Service[];
  faults?: Partial<FaultSettings>;
  /** The clock by which signatures and sessions are judged. */
  now?: () => Date;
};

export type Sandbox = {
  url: string;
  port: number;
  estate: AwsEstate;
  /** May be changed at any time. */
  faults: Faults;
  /** What has been called so far. */
  calls: CallLog;
  close: () => Promise<void>;
};

export const healthPath = "/_sandbox/health";

/** Rejects with the system's error (`EADDRINUSE`) when the port can't be had. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = "127.0.0.1", port = 0, estate, services } = options;
  const faults = new Faults(options.faults);
  const aws = new AwsLayer({ estate, services, faults, now: options.now ?? (() => new Date()) });
  const server = createServer((message, response) => {
    handle(message, response, aws, faults).catch(() => response.destroy());
  });
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
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    estate,
    faults,
    calls: aws.calls,
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
  aws: AwsLayer,
  faults: Faults,
): Promise<void> {
  if (message.url === healthPath && message.method === "GET") {
    send(response, { status: 200, headers: { "content-type": "application/json" }, body: '{"ok":true}' });
    return;
  }
  const request = await readRequest(message);
  if (request === "too-large") {
    send(response, { status: 413, headers: { connection: "close" }, body: "" });
    return;
  }
  const answer = await aws.answer(request);
  if (faults.isTruncated()) truncate(response, answer, faults.truncateMode);
  else send(response, answer);
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
