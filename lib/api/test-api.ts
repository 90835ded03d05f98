import { apiTokens } from "#db/api/schema.ts";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { tokenPermissions } from "../tokens/token-permissions.ts";
import { hashToken, newTokenText } from "../tokens/token-text.ts";
import { type ApiServer, serveApi } from "./serve.ts";

/*
 * For tests alone: tokens made out of hand, and requests as a program sends them.
 */

/** The text of a token of a user, in use since just now so that using it writes nothing more. */
export async function issueToken(
  db: Database,
  user: { id: string; organisationId: string },
  given: Partial<typeof apiTokens.$inferInsert> = {},
): Promise<string> {
  const id = newId("tok");
  const text = newTokenText(id);
  await db.insert(apiTokens).values({
    ...{ id, userId: user.id, organisationId: user.organisationId, name: id, tokenHash: hashToken(text) },
    ...{ permissions: [...tokenPermissions], expiresAt: new Date(Date.now() + 86_400_000) },
    ...{ lastUsedAt: new Date(), ...given },
  });
  return text;
}

export type ApiRequest = {
  token?: string;
  query?: Record<string, string | readonly string[]>;
  body?: unknown;
  headers?: Record<string, string>;
};

/** Sends a request; whatever nobody foresaw is thrown, as no request may bring that about. */
export async function callApi(
  db: Database,
  method: string,
  path: string,
  { token, query = {}, body, headers = {} }: ApiRequest = {},
  server: Partial<ApiServer> = {},
): Promise<Response> {
  const url = new URL(`http://localhost:3000/api/v1${path}`);
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => bugs.push(error);
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const answer = await serveApi(
    { db, served: { sandbox: false }, rate: 1_000_000, onBug, ...server },
    new Request(url, {
      method,
      headers: {
        host: "localhost:3000",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    }),
  );
  if (bugs.length > 0) throw bugs[0];
  return answer;
}
