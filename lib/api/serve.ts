import type { Database } from "#db/client.ts";
import { recordRefusedRequest } from "../audit/trouble/record-refused-request.ts";
import { RateLimited } from "../auth/rate-limited.ts";
import { clientAddress, hostRefusal } from "../auth/request-checks.ts";
import { type TokenCaller, verifyToken } from "../auth/token.ts";
import { countRequest, type Usage } from "../auth/token-limits.ts";
import { DomainError } from "../errors.ts";
import { openApiDocument } from "./openapi.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { readJsonBody } from "./parse-request.ts";
import { ApiProblem, problemResponse } from "./problem.ts";
import { routeTable } from "./route-table.ts";

export type ApiServer = {
  db: Database;
  /** Which organisations' tokens count. */
  served: { sandbox: boolean };
  /** Requests of a token in a minute. */
  rate: number;
  /** Hears of what nobody foresaw. */
  onBug(error: unknown, operationId: string | null): void;
};

const find = routeTable(operations);
const prefix = "/api/v1";

/**
 * Answers a request to /api/v1. Only an API token proves who asks: a browser's cookies count for nothing here, so no
 * other site's page can act through them. Never throws.
 */
export async function serveApi(server: ApiServer, request: Request): Promise<Response> {
  const headers: Record<string, string> = {};
  let operationId: string | null = null;
  let isKnown = false;
  let asker: TokenCaller | null = null;
  try {
    // The proxy looks at most requests before, but for those that it would hold in memory.
    const refusal = hostRefusal(request.headers.get("host"), server.served);
    if (refusal) throw new ApiProblem("misdirected", refusal);
    const url = new URL(request.url);
    const path = url.pathname.slice(prefix.length);
    if (path === "/openapi.json") return answerDocument(request);
    const { operation, params } = find(request.method === "HEAD" ? "GET" : request.method, path);
    operationId = operation.id;
    const caller = await verifyToken(server.db, server.served, {
      authorization: request.headers.get("authorization"),
      address: clientAddress(request.headers),
    });
    isKnown = true;
    asker = caller;
    const usage = await countRequest(server.db, caller.token.id, server.rate);
    Object.assign(headers, usageHeaders(usage));
    checkPermission(operation, caller);
    const body = operation.body ? await readJsonBody(request) : undefined;
    const upload = operation.takesFile ? request.body : null;
    const context = { db: server.db, caller, usage };
    const answer = await operation.handle(context, { params, query: url.searchParams, body, upload });
    return answerOf(operation, answer, headers);
  } catch (error) {
    if (!(error instanceof DomainError || error instanceof ApiProblem)) server.onBug(error, operationId);
    if (asker)
      await recordRefusedRequest(server.db, asker.scope, { kind: "operation", id: operationId }, error);
    if (error instanceof RateLimited && isKnown) {
      const usage = { limit: server.rate, remaining: 0, resetSeconds: error.retryAfterSeconds };
      Object.assign(headers, usageHeaders(usage));
    }
    return problemResponse(error, headers);
  }
}

function checkPermission({ permission }: Operation, { scope, user }: TokenCaller): void {
  if (permission === null || scope.can(permission)) return;
  throw new DomainError(
    "forbidden",
    `This takes ${permission}: either this token doesn't have it, or its user's role, ${user.role}, doesn't.`,
  );
}

function answerOf(operation: Operation, answer: unknown, headers: Record<string, string>): Response {
  const all = { ...headers, "cache-control": "private, no-store" };
  if (operation.status === 204) return new Response(null, { status: 204, headers: all });
  if (operation.givesFile && answer instanceof Response) {
    for (const [name, value] of Object.entries(all)) answer.headers.set(name, value);
    return answer;
  }
  return Response.json(answer, { status: operation.status, headers: all });
}

function answerDocument(request: Request): Response {
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new ApiProblem("method_not_allowed", "This address takes GET.", { allow: "GET" });
  }
  return Response.json(openApiDocument(), { headers: { "cache-control": "public, max-age=300" } });
}

/** As the IETF's draft on rate limit headers names them. */
const usageHeaders = ({ limit, remaining, resetSeconds }: Usage): Record<string, string> => ({
  "ratelimit-limit": String(limit),
  "ratelimit-remaining": String(remaining),
  "ratelimit-reset": String(resetSeconds),
});
