import type { z } from "zod";
import type { Database } from "#db/client.ts";
import type { Permission } from "../auth/permissions.ts";
import type { Scope } from "../auth/scope.ts";
import type { TokenCaller } from "../auth/token.ts";
import type { Usage } from "../auth/token-limits.ts";
import { parseBody, parseParams, parseQuery } from "./parse-request.ts";

export const operationMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type OperationMethod = (typeof operationMethods)[number];

/** The groups of the API's page, in its order. */
export const operationTags = [
  "Findings",
  "Changes",
  "Comments",
  "Exceptions",
  "Views",
  "Playbooks",
  "Remediation",
  "Resources",
  "Scans",
  "Accounts",
  "Checks",
  "Imports",
  "Audit",
  "Settings",
] as const;
export type OperationTag = (typeof operationTags)[number];

/** Who asks, and through what. */
export type ApiContext = { db: Database; caller: TokenCaller; usage: Usage };

/** What a request brought, not yet looked at. */
export type RawInput = {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** What is uploaded, for an operation that takes a file. */
  upload: AsyncIterable<Uint8Array> | null;
};

/** One operation, its types forgotten: what the router, the document and the tests go by. */
export type Operation = {
  id: string;
  method: OperationMethod;
  path: string;
  tag: OperationTag;
  summary: string;
  description: string | null;
  permission: Permission | null;
  status: 200 | 201 | 202 | 204;
  params: z.ZodObject | null;
  query: z.ZodObject | null;
  body: z.ZodType | null;
  /** Whether the body is a file, which is read as it comes. */
  takesFile: boolean;
  response: z.ZodType | null;
  /** Whether the answer is a file: then `handle` gives a Response. */
  givesFile: boolean;
  /** Parses what was sent and answers it. Throws DomainError for what the caller can mend. */
  handle(context: ApiContext, raw: RawInput): Promise<unknown>;
};

type Parts<P, Q, B> = {
  db: Database;
  scope: Scope;
  caller: TokenCaller;
  usage: Usage;
  params: P;
  query: Q;
  body: B;
  upload: AsyncIterable<Uint8Array> | null;
};

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answer<S> = S extends z.ZodType ? z.input<S> : unknown;

/**
 * Declares one operation of /api/v1. The router, the OpenAPI document, its page and the tests are all made of this: there
 * is no other place where an operation is described.
 */
export function defineOperation<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(definition: {
  /** A verb and a noun, such as `listFindings`. */
  id: string;
  method: OperationMethod;
  /** Below /api/v1, with parameters in braces: `/findings/{findingId}`. */
  path: `/${string}`;
  tag: OperationTag;
  /** A line without a full stop. */
  summary: string;
  description?: string;
  /** What the token must be allowed; null for any token. */
  permission: Permission | null;
  status?: Operation["status"];
  params?: P;
  /** Strict, so that a misspelt parameter is told. A list is repeated: `severity=high&severity=critical`. */
  query?: Q;
  body?: B;
  /** Says that the body is a file, in place of `body`. */
  takesFile?: boolean;
  /** Says that the answer is a file: then `run` gives a Response, and `response` describes its text. */
  givesFile?: boolean;
  /** What is answered; left out for nothing, with status 204. */
  response?: R;
  run(parts: Parts<Output<P>, Output<Q>, Output<B>>): Promise<Answer<R> | Response>;
}): Operation {
  const { id, method, path, tag, summary, permission, run } = definition;
  const [params, query] = [definition.params ?? null, definition.query ?? null];
  const [body, response] = [definition.body ?? null, definition.response ?? null];
  return {
    ...{ id, method, path, tag, summary, permission, params, query, body, response },
    description: definition.description ?? null,
    takesFile: definition.takesFile ?? false,
    givesFile: definition.givesFile ?? false,
    status: definition.status ?? (response ? 200 : 204),
    handle: ({ db, caller, usage }, raw) =>
      run({
        ...{ db, caller, usage, scope: caller.scope, upload: raw.upload },
        params: parseParams(params, raw.params) as Output<P>,
        query: parseQuery(query, raw.query) as Output<Q>,
        body: parseBody(body, raw.body) as Output<B>,
      }),
  };
}
