import type { HttpClient, PipelineOptions, PipelineRequest } from "@azure/core-rest-pipeline";
import { getClient } from "@azure-rest/core-client";
import { endless, MalformedAnswer } from "#lib/inventory/answers.ts";
import { itemsOf, objectOf } from "./answers.ts";
import type { TokenSource } from "./tokens.ts";

export type GraphOptions = {
  /** OData options with their dollar, such as `{ $select: "id,displayName" }`. */
  query?: Record<string, string>;
  signal?: AbortSignal;
};

/** What is read and written of Microsoft Graph v1.0. Paths begin with a slash: `/policies/authorizationPolicy`. */
export type GraphClient = {
  /** One object. */
  get(path: string, options?: GraphOptions): Promise<Record<string, unknown>>;
  /** The pages of a collection, each the objects on it; follows `@odata.nextLink`. */
  list(path: string, options?: GraphOptions): AsyncIterable<readonly Record<string, unknown>[]>;
  /** Adds to a collection, or runs an action; what is answered, if anything. */
  post(path: string, body: object, options?: GraphWriteOptions): Promise<Record<string, unknown>>;
  patch(path: string, body: object, options?: GraphWriteOptions): Promise<void>;
  delete(path: string, options?: GraphWriteOptions): Promise<void>;
};

export type GraphWriteOptions = Pick<GraphOptions, "signal">;

export function graphClient(parts: {
  graphUrl: string;
  scope: string;
  tokens: TokenSource;
  httpClient: HttpClient;
  common: PipelineOptions;
}): GraphClient {
  const { graphUrl, scope, tokens, httpClient, common } = parts;
  const base = `${graphUrl}/v1.0`;
  const client = getClient(
    base,
    { getToken: () => tokens.get() },
    { ...common, credentials: { scopes: [scope] }, httpClient },
  );

  const get = async (path: string, { query, signal }: GraphOptions): Promise<Record<string, unknown>> => {
    const { body } = await client.pathUnchecked(path).get({
      ...(query ? { queryParameters: query } : {}),
      ...(signal ? { abortSignal: signal } : {}),
    });
    return objectOf(body);
  };

  const aborting = ({ signal }: GraphWriteOptions = {}) => (signal ? { abortSignal: signal } : {});

  return {
    get: (path, options = {}) => get(path, options),
    async post(path, body, options) {
      const answer = await client.pathUnchecked(path).post({ body, ...aborting(options) });
      return answer.status === "204" ? {} : objectOf(answer.body);
    },
    async patch(path, body, options) {
      await client.pathUnchecked(path).patch({ body, ...aborting(options) });
    },
    async delete(path, options) {
      await client.pathUnchecked(path).delete(aborting(options));
    },
    async *list(path, options = {}) {
      let page = await get(path, options);
      const followed = new Set<string>();
      for (;;) {
        yield itemsOf(page);
        const next = page["@odata.nextLink"];
        if (next === undefined || next === null) return;
        if (typeof next !== "string" || !next.startsWith(`${base}/`)) {
          throw new MalformedAnswer("The next page is not Microsoft Graph's.");
        }
        if (followed.has(next)) throw endless();
        followed.add(next);
        page = await get(next, options.signal ? { signal: options.signal } : {});
      }
    },
  };
}

/** Method and path without ids, such as `GET /users/{id}/memberOf`. */
export function graphAction({ method, url }: Pick<PipelineRequest, "method" | "url">): string {
  const path = new URL(url).pathname.replace(/^\/v1\.0/, "");
  return `${method} ${path.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "{id}")}`;
}
