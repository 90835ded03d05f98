import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { awsClients } from "#lib/clouds/aws/clients.ts";
import { awsSession } from "#lib/clouds/aws/credentials.ts";
import { classifyAwsError } from "#lib/clouds/aws/errors.ts";
import { createCollectContext, type NewGap } from "../context.ts";
import type { Kind, Resource } from "../model.ts";
import type { AwsCollector } from "./collector.ts";

export const account = "123456789012";

/** A request as an answer is chosen by it. `action` is the operation's name, or method and path for REST services. */
export type AwsRequest = {
  action: string;
  fields: URLSearchParams;
  path: string;
  body: string;
  headers: IncomingMessage["headers"];
};

/** A string is answered with status 200. */
export type AwsAnswer = string | { status: number; body: string; headers?: Record<string, string> };

export type Answers = Record<string, AwsAnswer | ((request: AwsRequest) => AwsAnswer)>;

/**
 * An HTTP server that answers as AWS does, for the real SDK's clients; closed when the test ends. An action that no
 * answer was given for is refused as unknown, which makes a gap.
 */
export async function startAnswers(answers: Answers) {
  const actions: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const request = requestOf(incoming, Buffer.concat(chunks).toString("utf8"));
      actions.push(request.action);
      const chosen = answers[request.action] ?? failure("UnknownOperationException", 400);
      const answer = typeof chosen === "function" ? chosen(request) : chosen;
      const { status, body, headers } = typeof answer === "string" ? { status: 200, body: answer } : answer;
      outgoing.writeHead(status, headers ?? {}).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const session = awsSession(
    { type: "ambient", endpointUrl: `http://127.0.0.1:${port}` },
    {
      sourceKeys: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI" },
      region: "us-east-1",
    },
  );
  onTestFinished(() => {
    session.close();
    server.close();
    server.closeAllConnections();
  });
  return { session, actions };
}

function requestOf(incoming: IncomingMessage, body: string): AwsRequest {
  const { pathname: path, searchParams } = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const fields = body.startsWith("Action=") ? new URLSearchParams(body) : searchParams;
  const target = incoming.headers["x-amz-target"];
  // S3 tells its operations apart by a bare parameter: `GET /bucket?policy`.
  const bare = [...searchParams].find(([name, value]) => value === "" && name !== "x-id")?.[0];
  const action =
    fields.get("Action") ??
    (typeof target === "string" ? target.split(".").at(-1) : undefined) ??
    `${incoming.method} ${path.replace(/(.)\/$/, "$1")}${bare ? `?${bare}` : ""}`;
  return { action, fields, path, body, headers: incoming.headers };
}

/** Collects one kind; what it threw comes back as `thrown`, so that a test sees what was kept as well. */
export async function collect<K extends Kind>(
  collector: AwsCollector<K>,
  answers: Answers,
  region = collector.scope === "global" ? "global" : "eu-west-1",
) {
  const { session, actions } = await startAnswers(answers);
  const gaps: NewGap[] = [];
  const context = createCollectContext({
    account,
    partition: "aws",
    region,
    clients: awsClients(session, region),
    signal: new AbortController().signal,
    onGap: (gap) => gaps.push(gap),
    classify: classifyAwsError,
  });
  const resources: Resource<K>[] = [];
  let thrown: unknown = null;
  try {
    for await (const resource of collector.collect(context)) resources.push(resource);
  } catch (error) {
    thrown = error;
  }
  return { resources: resources.sort((a, b) => (a.uid < b.uid ? -1 : 1)), gaps, thrown, actions };
}

/** Answers `first`, and `rest` once the request says by the field `token` where to go on. */
export const paged =
  (token: string, first: AwsAnswer, rest: AwsAnswer) =>
  ({ fields }: AwsRequest): AwsAnswer =>
    fields.has(token) ? rest : first;

const head = `<?xml version="1.0" encoding="UTF-8"?>`;

/** An answer of the query protocol (IAM, RDS, STS), which wraps the result twice. */
export const queryAnswer = (action: string, result: string): string =>
  `${head}<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;

/** An answer of EC2, which wraps it once. */
export const ec2Answer = (action: string, result: string): string =>
  `${head}<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>${result}</${action}Response>`;

/** A refusal in EC2's shape. */
export const ec2Failure = (code: string, status = 400): AwsAnswer => ({
  status,
  body: `${head}<Response><Errors><Error><Code>${code}</Code><Message>Said by a test.</Message></Error></Errors><RequestID>r</RequestID></Response>`,
});

/** A refusal in the query protocol's shape. */
export const queryFailure = (code: string, status = 400): AwsAnswer => ({
  status,
  body: `${head}<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Said by a test.</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

/** A refusal in S3's shape. */
export const s3Failure = (code: string, status = 400): AwsAnswer => ({
  status,
  body: `${head}<Error><Code>${code}</Code><Message>Said by a test.</Message><RequestId>r</RequestId></Error>`,
});

/** A refusal in the JSON protocols' shape. */
export const failure = (type: string, status = 400): AwsAnswer => ({
  status,
  body: JSON.stringify({ __type: type, message: "Said by a test." }),
  headers: { "x-amzn-errortype": type },
});
