import type { NextRequest } from "next/server";
import { startOidcSignIn } from "#lib/auth/oidc/flow.ts";
import { authSettings } from "#lib/auth/settings.ts";
import { answerOidc } from "../../oidc-answer.ts";

export const dynamic = "force-dynamic";

/** `GET /api/auth/signin/oidc?next=/path`: sends the browser to the provider. */
export async function GET(request: NextRequest): Promise<Response> {
  const next = request.nextUrl.searchParams.get("next");
  return answerOidc(request, (oidc, from) =>
    startOidcSignIn({ settings: authSettings(), oidc }, { ...from, next }),
  );
}
