import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { isLoopback } from "#lib/env.ts";
import { DomainError, type ErrorCode, errorCodes } from "#lib/errors.ts";
import { printable } from "../table.ts";
import { explainFailure } from "./explain-failure.ts";

export type RemoteRequest<S extends z.ZodType> = {
  query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** Sent as JSON; a Blob, such as of a file, as it is. */
  body?: unknown;
  /** What the server promises to answer; what is more than that, from a later version, is left out. */
  answer: S;
};

export type Pause = (seconds: number) => Promise<unknown>;

/** Tries of a request that the server has no room for, and how long a wait between them may be. */
const mostTries = 5;
const longestWaitSeconds = 90;
/** A test of an account takes 30 seconds. */
const patienceMs = 90_000;
/** Half a gigabyte over a slow line. */
const filePatienceMs = 3_600_000;
const patienceOf = (body: unknown) => (body instanceof Blob ? filePatienceMs : patienceMs);

const contentTypeOf = (body: unknown): string =>
  body instanceof Blob ? "application/octet-stream" : "application/json";

const Problem = z.object({
  code: z.string().catch("internal_error"),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).catch([]),
});

const isErrorCode = (code: string): code is ErrorCode => errorCodes.some((each) => each === code);

/** A server's API, for one command. What fails is a DomainError in plain words; the token is in none of them. */
export class RemoteClient {
  readonly #url: string;
  readonly #token: string;
  readonly #pause: Pause;

  /** Throws a DomainError for an address on the way to which others could read the token. */
  constructor(server: { url: string; token: string }, pause: Pause = (seconds) => delay(seconds * 1_000)) {
    const { protocol, hostname } = new URL(server.url);
    if (protocol !== "https:" && !isLoopback(hostname.replace(/^\[|\]$/g, ""))) {
      throw new DomainError(
        "invalid_input",
        "PARAPET_URL must begin with https, unless the server is on this machine: it is sent the token.",
      );
    }
    this.#url = server.url;
    this.#token = server.token;
    this.#pause = pause;
  }

  async request<S extends z.ZodType>(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    request: RemoteRequest<S>,
  ): Promise<z.output<S>> {
    const answer = await this.#send(method, path, request);
    if (answer.ok) return this.#read(answer, request.answer);
    throw await this.#problemOf(answer);
  }

  /** Every entry of a list, page after page, up to `limit`. */
  async list<T extends z.ZodType>(
    path: string,
    query: NonNullable<RemoteRequest<T>["query"]>,
    one: T,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<z.output<T>[]> {
    const page = z.object({ data: z.array(one), next: z.string().nullable() });
    const all: z.output<T>[] = [];
    let after: string | undefined;
    do {
      const size = Math.min(500, limit - all.length);
      const { data, next } = await this.request("GET", path, {
        query: { ...query, limit: size, after },
        answer: page,
      });
      all.push(...data);
      after = next ?? undefined;
    } while (after !== undefined && all.length < limit);
    return all;
  }

  /** What is answered as a file, while it comes. */
  async download(method: "POST", path: string, body: unknown): Promise<AsyncIterable<Uint8Array>> {
    const answer = await this.#send(method, path, { body }, filePatienceMs);
    if (!answer.ok) throw await this.#problemOf(answer);
    return this.#pieces(answer);
  }

  async *#pieces({ body }: Response): AsyncGenerator<Uint8Array> {
    try {
      yield* body ?? [];
    } catch (cause) {
      throw new DomainError("unavailable", `The file broke off. ${explainFailure(this.#url, cause)}`, {
        cause,
      });
    }
  }

  async #send(
    method: string,
    path: string,
    request: Pick<RemoteRequest<z.ZodType>, "query" | "body">,
    patienceMs?: number,
  ): Promise<Response> {
    const url = new URL(`${this.#url}/api/v1${path}`);
    for (const [name, given] of Object.entries(request.query ?? {})) {
      for (const value of given === undefined ? [] : [given].flat())
        url.searchParams.append(name, String(value));
    }
    for (let tried = 1; ; tried++) {
      const answer = await this.#fetch(method, url, request.body, patienceMs);
      const wait = waitOf(answer, method);
      if (wait === null || wait > longestWaitSeconds || tried >= mostTries) return answer;
      await answer.body?.cancel();
      await this.#pause(wait);
    }
  }

  async #fetch(method: string, url: URL, body: unknown, patience = patienceOf(body)): Promise<Response> {
    try {
      return await fetch(url, {
        method,
        // A redirect may lead anywhere; the token goes where the user said and nowhere else.
        redirect: "manual",
        signal: AbortSignal.timeout(patience),
        headers: {
          authorization: `Bearer ${this.#token}`,
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": contentTypeOf(body) }),
        },
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new DomainError("unavailable", explainFailure(this.#url, cause), { cause });
    }
  }

  async #read<S extends z.ZodType>(answer: Response, schema: S): Promise<z.output<S>> {
    const parsed = schema.safeParse(answer.status === 204 ? undefined : await readJson(answer));
    if (parsed.success) return parsed.data;
    throw new DomainError(
      "unavailable",
      `${this.#url} answered in a way that this version of parapet doesn't understand. Is it a Parapet server, of about this version?`,
      { cause: parsed.error },
    );
  }

  async #problemOf(answer: Response): Promise<DomainError> {
    const { status, headers } = answer;
    if (status >= 300 && status < 400) {
      const target = headers.get("location");
      return new DomainError(
        "unavailable",
        `${this.#url} refers to ${target === null ? "another address" : printable(target)}. Set PARAPET_URL to where the server is.`,
      );
    }
    const problem = Problem.safeParse(await readJson(answer));
    if (!problem.success) {
      return new DomainError(
        "unavailable",
        `${this.#url} answered with status ${status} and no explanation. Is it a Parapet server?`,
      );
    }
    const { code, detail, errors } = problem.data;
    const fields = Object.fromEntries(errors.map(({ field, message }) => [field, message]));
    // It may quote names that came from a cloud.
    return new DomainError(isErrorCode(code) ? code : "unavailable", printable(detail), { fields });
  }
}

/** Seconds to wait before the same request may be sent again; null when it should not be. */
function waitOf({ status, headers }: Response, method: string): number | null {
  const isRefused = status === 429;
  // What writes may have been carried out before something on the way lost patience.
  const isDown = status === 503 && method === "GET";
  if (!isRefused && !isDown) return null;
  const told = headers.get("retry-after");
  const seconds = told === null ? 2 : Number(told);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(told ?? "");
  return Number.isNaN(at) ? 2 : Math.max(0, (at - Date.now()) / 1_000);
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    // What isn't JSON fits no schema, and is told of as that.
    return undefined;
  }
}
