import type { NextRequest } from "next/server";
import { startOidcSignIn } from "#lib/auth/oidc/flow.ts";
import { authSettings } from "#lib/auth/settings.ts";
import { answerOidc } from "../../oidc-answer.ts";

export const dynamic = "force-dynamic";

/** `GET /api/auth/signin/oidc?next=/path`: sends the browser to the provider; `&afresh` as someone else than last time. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl;
  const asked = { next: searchParams.get("next"), afresh: searchParams.has("afresh") };
  return answerOidc(request, (oidc, from) =>
    startOidcSignIn({ settings: authSettings(), oidc }, { ...from, ...asked }),
  );
}
