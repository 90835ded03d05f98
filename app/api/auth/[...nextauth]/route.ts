import type { NextRequest } from "next/server";
import { type AuthRequest, callNextAuth } from "#lib/auth/next-auth.ts";
import { requireSameOrigin } from "#lib/auth/request-checks.ts";
import { authSettings } from "#lib/auth/settings.ts";
import { authenticators, requestClient } from "#lib/auth/sign-in-request.ts";
import { errorResponse } from "#lib/http-error.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** `GET /api/auth/csrf`: the token that the POSTs below want in `csrfToken`. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (nextauth.join("/") !== "csrf") return notFound();
  return answer(request, ["csrf"]);
}

/** `POST /api/auth/callback/password`, `callback/persona` and `signout`: form fields in, `{ url }` and the cookie out. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const path = postPaths[(await context.params).nextauth.join("/")];
  if (!path) return notFound();
  try {
    requireSameOrigin(request);
    const form = Object.fromEntries(new URLSearchParams(await request.text()));
    return await answer(request, path, { ...form, json: "true" });
  } catch (error) {
    return errorResponse(error);
  }
}

const postPaths: Record<string, AuthRequest["path"] | undefined> = {
  "callback/password": ["callback", "password"],
  "callback/persona": ["callback", "persona"],
  signout: ["signout"],
};

async function answer(
  request: NextRequest,
  path: AuthRequest["path"],
  fields?: Record<string, unknown>,
): Promise<Response> {
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  const client = requestClient(request.headers);
  const result = await callNextAuth(authSettings(), authenticators(), { path, cookies, client, fields });
  const headers = new Headers({ "cache-control": "private, no-store" });
  for (const line of result.setCookies) headers.append("set-cookie", line);
  return Response.json(fields ? nextPathOf(result.body) : result.body, { status: result.status, headers });
}

/** Next-auth's `{ url }` as a path: it knows no address of its own. */
function nextPathOf(body: unknown): { url: string } {
  const { url } = body as { url: string };
  const { pathname, search } = new URL(url, "http://parapet.invalid");
  return { url: `${pathname}${search}` };
}

const notFound = () =>
  Response.json({ error: { code: "not_found", message: "There is nothing here." } }, { status: 404 });
