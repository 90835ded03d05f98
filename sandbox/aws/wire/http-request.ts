/** A request as it came off the wire: whole, unparsed beyond head, path, and query. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

export type WireRequest = {
  method: string;
  /** As sent, percent-encoding included, without the query. */
  rawPath: string;
  rawQuery: string;
  query: Map<string, string[]>;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

/** AWS takes 5 GB in one object; nothing here needs more than a few kilobytes. */
const maxBodyBytes = 64 * 1024 * 1024;

export async function readRequest(message: IncomingMessage): Promise<WireRequest | "too-large"> {
  const body = await readBody(message);
  if (body === "too-large") return body;
  // A client that takes this server for its proxy sends whole URLs; S3 Control's host names need that to be reachable.
  const url = (message.url ?? "/").replace(/^http:\/\/[^/?]*/i, "") || "/";
  const mark = url.indexOf("?");
  const rawQuery = mark === -1 ? "" : url.slice(mark + 1);
  return {
    method: message.method ?? "GET",
    rawPath: mark === -1 ? url : url.slice(0, mark),
    rawQuery,
    query: parseQuery(rawQuery),
    headers: message.headers,
    body,
  };
}

export function readHeader(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** Percent-decodes; what is no valid encoding stays as it is. */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseQuery(rawQuery: string): Map<string, string[]> {
  const query = new Map<string, string[]>();
  if (rawQuery === "") return query;
  for (const pair of rawQuery.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodePercent(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decodePercent(pair.slice(equals + 1));
    const values = query.get(name);
    if (values) values.push(value);
    else query.set(name, [value]);
  }
  return query;
}

const empty = Buffer.alloc(0);

function readBody(message: IncomingMessage): Promise<Buffer | "too-large"> {
  const hasNone = message.headers["content-length"] === undefined && !message.headers["transfer-encoding"];
  if (hasNone || message.headers["content-length"] === "0") {
    message.resume();
    return Promise.resolve(empty);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBodyBytes) {
        message.pause();
        resolve("too-large");
      } else chunks.push(chunk);
    });
    message.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    message.on("error", reject);
    message.on("aborted", () => reject(new Error("The client went away.")));
  });
}
