import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { gcpClients } from "#lib/clouds/gcp/clients.ts";
import { gcpAccess } from "#lib/clouds/gcp/credentials.ts";
import { classifyGcpError } from "#lib/clouds/gcp/errors.ts";
import { createCollectContext, type NewGap } from "../context.ts";
import type { Kind, Resource } from "../model.ts";
import type { GcpCollector } from "./collector.ts";

/** The project that the tests read. */
export const project = { id: "example-project", number: "123456789012" };

/** A request as an answer is chosen by it. */
export type GcpRequest = {
  /** Method, host and path, decoded, such as `GET storage.googleapis.com/storage/v1/b`. */
  call: string;
  query: URLSearchParams;
  body: string;
};

/** An object is answered as JSON with status 200. */
export type GcpAnswer = object | GcpFailure;

/** Any other status or body. */
export class GcpFailure {
  readonly status: number;
  readonly body: string;
  constructor(status: number, body: string | object) {
    this.status = status;
    this.body = typeof body === "string" ? body : JSON.stringify(body);
  }
}

/** By `call`; one that no answer was given for is refused as not found. */
export type Answers = Record<string, GcpAnswer | ((request: GcpRequest) => GcpAnswer)>;

/** An HTTP server that answers as Google does, for the real SDK's clients; closed when the test ends. */
export async function startAnswers(answers: Answers) {
  const calls: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
      const call = `${incoming.method} ${decodeURIComponent(url.pathname).slice(1)}`;
      const request = { call, query: url.searchParams, body: Buffer.concat(chunks).toString("utf8") };
      const { status, body } = answerTo(request, answers);
      if (call !== tokenCall) calls.push(call);
      outgoing.writeHead(status, { "content-type": "application/json; charset=UTF-8" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const access = gcpAccess(
    { type: "application_default", endpointUrl: `http://127.0.0.1:${port}` },
    { emulatorCredentials: { clientId: "c", clientSecret: "s", refreshToken: "r" } },
  );
  access.project = project;
  onTestFinished(() => {
    access.close();
    server.close();
    server.closeAllConnections();
  });
  return { access, calls };
}

const tokenCall = "POST oauth2.googleapis.com/token";

function answerTo(request: GcpRequest, answers: Answers): GcpFailure {
  if (request.call === tokenCall)
    return new GcpFailure(200, { access_token: "ya29.test", expires_in: 3_599 });
  const chosen = answers[request.call] ?? failure(404, "notFound");
  const answer = typeof chosen === "function" ? chosen(request) : chosen;
  return answer instanceof GcpFailure ? answer : new GcpFailure(200, answer);
}

/** Collects one kind; what it threw comes back as `thrown`, so that a test sees what was kept as well. */
export async function collect<K extends Kind>(collector: GcpCollector<K>, answers: Answers) {
  const { access, calls } = await startAnswers(answers);
  const gaps: NewGap[] = [];
  const context = createCollectContext({
    account: project.id,
    partition: "gcp",
    region: "global",
    clients: gcpClients(access),
    signal: new AbortController().signal,
    onGap: (gap) => gaps.push(gap),
    classify: classifyGcpError,
  });
  const resources: Resource<K>[] = [];
  let thrown: unknown = null;
  try {
    for await (const resource of collector.collect(context)) resources.push(resource);
  } catch (error) {
    thrown = error;
  }
  return { resources: resources.sort((a, b) => (a.uid < b.uid ? -1 : 1)), gaps, thrown, calls };
}

/** Answers `first`, and `rest` once the request brings a page token; `first` needs its `nextPageToken`. */
export const paged =
  (first: GcpAnswer, rest: GcpAnswer) =>
  ({ query }: GcpRequest): GcpAnswer =>
    query.has("pageToken") ? rest : first;

/** A refusal in the shape of the older APIs (Compute, Storage, BigQuery, DNS, SQL Admin). */
export const failure = (status: number, reason: string): GcpFailure =>
  new GcpFailure(status, {
    error: {
      code: status,
      message: "Said by a test.",
      errors: [{ message: "Said by a test.", domain: "global", reason }],
    },
  });

/** A refusal in the shape of the newer APIs (AIP-193), such as `rpcFailure(403, "PERMISSION_DENIED")`. */
export const rpcFailure = (code: number, status: string, details: object[] = []): GcpFailure =>
  new GcpFailure(code, { error: { code, message: "Said by a test.", status, details } });

/** The project doesn't use the API; `number` is that of the project that the refusal is about. */
export const disabled = (number = project.number): GcpFailure =>
  rpcFailure(403, "PERMISSION_DENIED", [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "SERVICE_DISABLED",
      domain: "googleapis.com",
      metadata: { consumer: `projects/${number}` },
    },
  ]);
