import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { AzureSession } from "#lib/clouds/azure/azure-session.ts";
import { azureClients } from "#lib/clouds/azure/clients.ts";
import { endpointsOf } from "#lib/clouds/azure/connection.ts";
import { classifyAzureError } from "#lib/clouds/azure/errors.ts";
import type { TokenSource } from "#lib/clouds/azure/tokens.ts";
import { createTransport } from "#lib/clouds/azure/transport.ts";
import { CallGovernor } from "#lib/clouds/limits.ts";
import { type Certificate, makeServerCertificate } from "#sandbox/certificate.ts";
import { createCollectContext, type NewGap } from "../context.ts";
import type { Kind, Resource } from "../model.ts";
import type { AzureCollector } from "./collector.ts";

export const subscription = "11111111-2222-3333-4444-555555555555";

/** The id of a resource in the group `rg` of the subscription, such as `idOf("Microsoft.Storage/storageAccounts/sto")`. */
export const idOf = (typeAndName: string): string =>
  `/subscriptions/${subscription}/resourceGroups/rg/providers/${typeAndName}`;

export type AzureRequest = {
  /** `GET /subscriptions/…`, without the query. */
  action: string;
  query: URLSearchParams;
  /** The answer's own address, for the next page's. */
  origin: string;
};

/** An object is answered as JSON with status 200. */
export type AzureAnswer = object | RawAnswer;

/** An answer as it is, word by word. */
export class RawAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;
  constructor(status: number, body: string, headers: Record<string, string> = {}) {
    this.status = status;
    this.body = body;
    this.headers = { "content-type": "application/json", ...headers };
  }
}

/** Answers by method and path; letter case in the path doesn't count, as in Azure. */
export type Answers = Record<string, AzureAnswer | ((request: AzureRequest) => AzureAnswer)>;

/** A refusal in Azure's shape. */
export const refusal = (status: number, code: string): RawAnswer =>
  new RawAnswer(status, JSON.stringify({ error: { code, message: "Said by a test." } }));

/** Answers `first` with a link, and `rest` to whoever follows it. */
export const paged =
  (first: object[], rest: object[], link = "nextLink") =>
  ({ action, query, origin }: AzureRequest): AzureAnswer =>
    query.get("$skiptoken") === "2"
      ? { value: rest }
      : {
          value: first,
          [link]: `${origin}${action.split(" ")[1]}?api-version=${query.get("api-version")}&$skiptoken=2`,
        };

let certificate: Promise<Certificate> | null = null;

/**
 * A server that answers as Azure does, for the real SDK's clients; closed when the test ends. What no answer was given
 * for doesn't exist (404).
 */
export async function startAnswers(answers: Answers) {
  certificate ??= makeServerCertificate();
  const { cert, key } = await certificate;
  const known = new Map(Object.entries(answers).map(([action, answer]) => [action.toLowerCase(), answer]));
  const requests: string[] = [];
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? "/", "https://127.0.0.1");
    const action = `${incoming.method} ${decodeURIComponent(pathname)}`;
    requests.push(action);
    const chosen = known.get(action.toLowerCase()) ?? refusal(404, "ResourceNotFound");
    const origin = `https://${incoming.headers.host}`;
    const answer = typeof chosen === "function" ? chosen({ action, query: searchParams, origin }) : chosen;
    const raw = answer instanceof RawAnswer ? answer : new RawAnswer(200, JSON.stringify(answer));
    outgoing.writeHead(raw.status, raw.headers).end(raw.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = createTransport(cert);
  const session: AzureSession = {
    endpoints: endpointsOf({
      type: "default",
      emulator: { resourceManagerUrl: url, authorityUrl: url, graphUrl: url, ca: cert },
    }),
    tokens: { resourceManager: fixedToken, graph: fixedToken },
    governor: new CallGovernor(),
    transport,
    random: () => 0,
    close: () => transport.close(),
  };
  onTestFinished(() => {
    session.close();
    server.close();
    server.closeAllConnections();
  });
  return { session, requests };
}

const fixedToken: TokenSource = {
  get: async () => ({ token: "token", expiresOnTimestamp: Number.POSITIVE_INFINITY }),
  accepted: () => {},
  renew: () => false,
};

/** Collects one kind; what it threw comes back as `thrown`, so that a test sees what was kept as well. */
export async function collect<K extends Kind>(collector: AzureCollector<K>, answers: Answers) {
  const { session, requests } = await startAnswers(answers);
  const isDirectory = collector.level === "directory";
  const gaps: NewGap[] = [];
  const context = createCollectContext({
    account: subscription,
    partition: "azure",
    region: "global",
    clients: azureClients(session, isDirectory ? "" : subscription),
    signal: new AbortController().signal,
    onGap: (gap) => gaps.push(gap),
    classify: classifyAzureError,
  });
  const resources: Resource<K>[] = [];
  let thrown: unknown = null;
  try {
    for await (const resource of collector.collect(context)) resources.push(resource);
  } catch (error) {
    thrown = error;
  }
  return { resources: resources.sort((a, b) => (a.uid < b.uid ? -1 : 1)), gaps, thrown, requests };
}
