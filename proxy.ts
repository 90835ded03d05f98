import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { ApiProblem, problemResponse } from "#lib/api/problem.ts";
import { hostRefusal } from "#lib/auth/request-checks.ts";
import { requestPathHeader } from "#lib/auth/request-path.ts";
import { env } from "#lib/env.ts";

/**
 * Runs before every page, action and route handler; it admits nobody, since that is for each of them to do. It turns away
 * what names another host than the sandbox's, tells the rest which path was asked for, and sets the content security
 * policy with a nonce of this one answer. Next.js reads it from the request's own header and puts it on its scripts; a
 * script of ours takes it from `x-nonce`.
 */
export function proxy(request: NextRequest): NextResponse {
  const refusal = hostRefusal(request.headers.get("host"), env());
  // The API tells it in its own way.
  if (refusal && request.nextUrl.pathname.startsWith("/api/v1/")) {
    return new NextResponse(problemResponse(new ApiProblem("misdirected", refusal)).body, {
      status: 421,
      headers: { "content-type": "application/problem+json" },
    });
  }
  if (refusal) {
    return new NextResponse(`${refusal}\n`, {
      status: 421,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = reportPath.test(request.nextUrl.pathname) ? reportPolicy : contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set(requestPathHeader, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  // React evaluates code for its error messages, in development only.
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Widths of bars and the like are set as style attributes, which can't hold a script.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** An audit report is shown in a frame of its own page: it brings its style, runs nothing, and is of no origin. */
const reportPath = /^\/api\/audit\/reports\/[^/]+$/;
const reportPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox",
].join("; ");

/** Uploads are left out: Next.js would hold them in memory, and cut them off. See lib/auth/direct-request.ts. */
export const config = {
  matcher: ["/((?!_next/static|_next/image|favicon.ico|api/imports$|api/v1/imports$).*)"],
};
