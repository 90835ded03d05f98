import type { HttpClient, PipelineOptions } from "@azure/core-rest-pipeline";
import { getClient } from "@azure-rest/core-client";
import { endless, MalformedAnswer } from "#lib/inventory/answers.ts";
import { itemsOf, objectOf } from "./answers.ts";
import type { TokenSource } from "./tokens.ts";

export type ResourceManagerOptions = {
  apiVersion: string;
  /** OData options with their dollar, such as `{ $filter: "atScope()" }`. */
  query?: Record<string, string>;
  signal?: AbortSignal;
};

export type ResourceManagerWriteOptions = Pick<ResourceManagerOptions, "apiVersion" | "signal">;

/**
 * Reads Azure Resource Manager by paths, such as `/subscriptions/…/providers/Microsoft.Security/pricings`, for those
 * services whose packages speak a version that lacks what is judged, and writes what is read so. Answers come untyped.
 */
export type ResourceManagerReader = {
  /** One object. */
  get(path: string, options: ResourceManagerOptions): Promise<Record<string, unknown>>;
  /** A list, page by page; follows `nextLink`. */
  list(
    path: string,
    options: ResourceManagerOptions,
  ): { byPage(): AsyncIterable<readonly Record<string, unknown>[]> };
  /** Makes or replaces a resource that is there when the answer comes. */
  put(path: string, body: object, options: ResourceManagerWriteOptions): Promise<Record<string, unknown>>;
  /** Deletes a resource that is gone when the answer comes; one that isn't there is no error. */
  delete(path: string, options: ResourceManagerWriteOptions): Promise<void>;
};

export function resourceManagerReader(parts: {
  endpoint: string;
  scope: string;
  tokens: TokenSource;
  httpClient: HttpClient;
  common: PipelineOptions;
}): ResourceManagerReader {
  const { endpoint, scope, tokens, httpClient, common } = parts;
  const client = getClient(
    endpoint,
    { getToken: () => tokens.get() },
    { ...common, credentials: { scopes: [scope] }, httpClient },
  );

  const read = async (path: string, query: Record<string, string>, signal?: AbortSignal) => {
    const { body } = await client
      .pathUnchecked(path)
      .get({ queryParameters: query, ...(signal ? { abortSignal: signal } : {}) });
    return objectOf(body);
  };
  const queryOf = ({ apiVersion, query }: ResourceManagerOptions) => ({
    "api-version": apiVersion,
    ...query,
  });

  async function* pages(path: string, options: ResourceManagerOptions) {
    let page = await read(path, queryOf(options), options.signal);
    const followed = new Set<string>();
    for (;;) {
      yield itemsOf(page);
      const { nextLink } = page;
      if (nextLink === undefined || nextLink === null || nextLink === "") return;
      if (typeof nextLink !== "string") throw new MalformedAnswer("The answer's nextLink is no address.");
      if (followed.has(nextLink)) throw endless();
      followed.add(nextLink);
      // It holds the API version and whatever else the list was asked with.
      page = await read(nextLink, {}, options.signal);
    }
  }

  return {
    get: (path, options) => read(path, queryOf(options), options.signal),
    list: (path, options) => ({ byPage: () => pages(path, options) }),
    async put(path, body, { apiVersion, signal }) {
      const answer = await client.pathUnchecked(path).put({
        body,
        queryParameters: { "api-version": apiVersion },
        ...(signal ? { abortSignal: signal } : {}),
      });
      return objectOf(answer.body);
    },
    async delete(path, { apiVersion, signal }) {
      await client.pathUnchecked(path).delete({
        queryParameters: { "api-version": apiVersion },
        ...(signal ? { abortSignal: signal } : {}),
      });
    },
  };
}
