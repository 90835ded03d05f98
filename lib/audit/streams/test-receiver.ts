import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Received = { path: string; headers: IncomingMessage["headers"]; body: string };
export type Reply = (response: ServerResponse, received: Received) => void;

const accept: Reply = (response) => void response.writeHead(204).end();

/** A receiver of webhooks on this machine that notes what it gets, and answers as it is told. For tests. */
export async function openReceiver() {
  const received: Received[] = [];
  let reply = accept;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const each = { path: request.url ?? "", headers: request.headers, body };
      received.push(each);
      reply(response, each);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    origin,
    url: `${origin}/hook`,
    received,
    /** From now on; `null` to accept again. */
    answer(next: Reply | null) {
      reply = next ?? accept;
    },
    reset() {
      received.length = 0;
      reply = accept;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The signature that a receiver reckons with a secret as it was told it. */
export const expectedSignature = ({ headers, body }: Received, secret: string): string =>
  `v1,${createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"))
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`)
    .digest("base64")}`;

/** Answers without an end: more than anybody wants to read. */
export const endlessly: Reply = (response) => {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write("x".repeat(65_536))) {}
    if (!response.destroyed) response.once("drain", more);
  };
  more();
};
