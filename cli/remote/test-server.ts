import { execFile } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Database } from "#db/client.ts";
import { serveApi } from "#lib/api/serve.ts";
import { pickEnvironment } from "#lib/env.ts";

/*
 * For tests alone: the API over a socket, and the command line as a user runs it on another machine.
 */

export type TestServer = {
  url: string;
  /** What nobody foresaw; no request may bring that about. */
  bugs: unknown[];
  close(): void;
};

/** What the route handler does with a request of Next's, over a socket. */
export async function startTestServer(db: Database, rate = 1_000): Promise<TestServer> {
  const bugs: unknown[] = [];
  let url = "";
  const toRequest = async (incoming: IncomingMessage): Promise<Request> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    const { method = "GET" } = incoming;
    const body = method === "GET" ? {} : { body: Buffer.concat(chunks) };
    return new Request(`${url}${incoming.url}`, { method, headers, ...body });
  };
  const reply = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const answer = await serveApi(
      { db, served: { sandbox: false }, rate, onBug: (error) => bugs.push(error) },
      await toRequest(incoming),
    );
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((incoming, outgoing) => void reply(incoming, outgoing));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, bugs, close: () => server.close() };
}

export type Ran = { code: number; stdout: string; stderr: string };

/** Runs the command line with nothing of this process's environment but what finds programs. */
export function runParapet(given: Record<string, string>, ...args: string[]): Promise<Ran> {
  const env = { ...pickEnvironment("PATH", "HOME"), NODE_ENV: "test" as const, ...given };
  return new Promise((resolve) => {
    execFile(process.execPath, ["cli/bin.mjs", ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
