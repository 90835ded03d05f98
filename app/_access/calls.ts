import { NextRequest } from "next/server";
import type { Database } from "#db/client.ts";
import { writeSessionToken } from "#lib/auth/next-auth.ts";
import { requestPathHeader } from "#lib/auth/request-path.ts";
import { authSettings } from "#lib/auth/settings.ts";
import { DomainError } from "#lib/errors.ts";
import type { Mutation } from "#lib/mutation.ts";
import { type Entry, importEntry } from "./enumerate.ts";
import type { Outcome, RouteInput } from "./model.ts";
import type { Caller } from "./world.ts";

/** What one request brings, in place of Next's own per-request storage. */
export const request = {
  headers: new Headers(),
  cookies: new Map<string, { name: string; value: string }>(),
};

/** Thrown by the stand-ins for Next's `redirect` and `notFound`. */
export class Leave extends Error {
  readonly to: string;
  constructor(to: string) {
    super(`left for ${to}`);
    this.to = to;
  }
}

export type Result = { outcome: Outcome /** All that the caller is told. */; told: string };

const origin = "http://localhost:3000";

async function arrive(path: string, caller: Caller | null): Promise<void> {
  request.headers = new Headers({ host: "localhost:3000", origin, [requestPathHeader]: path });
  request.cookies.clear();
  if (!caller) return;
  const value = await writeSessionToken(authSettings(), caller.session.id);
  request.cookies.set("parapet-session", { name: "parapet-session", value });
}

export async function callMutation(
  entry: Entry,
  db: Database,
  caller: Caller,
  input: unknown,
): Promise<Result> {
  const mutation = (await importEntry(entry.file))[entry.name];
  if (typeof mutation !== "function") throw new Error(`${entry.key} is not exported: name what leads to it.`);
  return settle(() => (mutation as Mutation<never, unknown>)(db, caller.scope, input as never));
}

export async function callAction(entry: Entry, caller: Caller | null, input: unknown): Promise<Result> {
  const action = (await importEntry(entry.file))[entry.name] as (...given: unknown[]) => Promise<unknown>;
  await arrive("/page", caller);
  return settle(() => action(...((input ?? []) as unknown[])));
}

export async function callRoute(entry: Entry, caller: Caller | null, input: unknown): Promise<Result> {
  const handler = (await importEntry(entry.file))[entry.name] as (
    request: NextRequest,
    context: { params: Promise<unknown> },
  ) => Promise<Response>;
  const { params = {}, query = {}, body, headers = {} } = (input ?? {}) as RouteInput;
  const [, address = ""] = entry.key.split(" ");
  const path = address.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) =>
    [params[name] ?? ""].flat().map(encodeURIComponent).join("/"),
  );
  await arrive(path, caller);
  const url = new URL(`${path}?${new URLSearchParams(query)}`, origin);
  const cookie = [...request.cookies.values()].map(({ name, value }) => `${name}=${value}`).join("; ");
  const json = body !== undefined && !isRaw(body);
  const incoming = new NextRequest(url, {
    method: entry.name,
    headers: {
      host: "localhost:3000",
      origin,
      cookie,
      ...(json ? { "content-type": "application/json" } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
  });
  return settle(() => handler(incoming, { params: Promise.resolve(params) }));
}

const isRaw = (body: unknown): body is string | FormData | URLSearchParams =>
  typeof body === "string" || body instanceof FormData || body instanceof URLSearchParams;

const byStatus: Record<number, Outcome> = {
  400: "invalid_input",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "invalid_input",
  415: "invalid_input",
  422: "invalid_input",
  429: "rate_limited",
  503: "unavailable",
};

/** What came of a call, whichever way it says so. Anything unforeseen is thrown on. */
async function settle(call: () => Promise<unknown>): Promise<Result> {
  try {
    const answer = await call();
    if (answer instanceof Response) return await readAnswer(answer);
    const failed = answer as { ok?: unknown; code?: Outcome } | null | undefined;
    const outcome = failed?.ok === false && failed.code ? failed.code : "done";
    return { outcome, told: JSON.stringify(answer) ?? "" };
  } catch (error) {
    if (error instanceof Leave) {
      const outcome =
        error.to === "not_found" ? "not_found" : error.to.startsWith("/sign-in") ? "sign_in" : "done";
      return { outcome, told: error.to };
    }
    if (error instanceof DomainError) return { outcome: error.code, told: JSON.stringify(error.message) };
    throw error;
  }
}

async function readAnswer(answer: Response): Promise<Result> {
  const location = answer.headers.get("location") ?? "";
  const outcome =
    answer.status < 400 ? (location.startsWith("/sign-in") ? "sign_in" : "done") : byStatus[answer.status];
  if (!outcome) throw new Error(`It answered with ${answer.status}: ${await answer.text()}`);
  if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    await answer.body?.cancel();
    return { outcome, told: "" };
  }
  return { outcome, told: `${location} ${await answer.text()}` };
}
