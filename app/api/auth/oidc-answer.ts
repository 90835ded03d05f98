import type { NextRequest } from "next/server";
import { clearOidcCookies, type OidcAnswer, type OidcRequest } from "#lib/auth/oidc/flow.ts";
import { SignInProblem } from "#lib/auth/oidc/problem.ts";
import type { OidcSettings } from "#lib/auth/oidc/settings.ts";
import { authSettings } from "#lib/auth/settings.ts";
import { requestClient } from "#lib/auth/sign-in-request.ts";
import { env } from "#lib/env.ts";

/**
 * Sends the browser on its way to the provider or back from it; what kept someone out leads to the page that says what to
 * do. Of what went wrong the log gets our own words alone.
 */
export async function answerOidc(
  request: NextRequest,
  walk: (oidc: OidcSettings, request: OidcRequest) => Promise<OidcAnswer>,
): Promise<Response> {
  const { oidc, sandbox } = env();
  if (!oidc || sandbox) {
    return Response.json(
      { error: { code: "not_found", message: "There is nothing here." } },
      { status: 404 },
    );
  }
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  try {
    return redirect(await walk(oidc, { cookies, client: requestClient(request.headers) }));
  } catch (error) {
    if (!(error instanceof SignInProblem)) throw error;
    if (error.detail) {
      process.stderr.write(`${new Date().toISOString()} single sign-on, ${error.code}: ${error.detail}\n`);
    }
    const location = `/sign-in/refused?why=${error.code}`;
    return redirect({ location, setCookies: clearOidcCookies(authSettings().authUrl) });
  }
}

/** The address stays a path: behind a proxy this server does not know what it is called. */
function redirect({ location, setCookies }: OidcAnswer): Response {
  const headers = new Headers({ location, "cache-control": "private, no-store" });
  for (const line of setCookies) headers.append("set-cookie", line);
  return new Response(null, { status: 303, headers });
}
