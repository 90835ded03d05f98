import type { NextRequest } from "next/server";
import { database } from "#db/client.ts";
import { finishOidcSignIn } from "#lib/auth/oidc/flow.ts";
import { authSettings } from "#lib/auth/settings.ts";
import { answerOidc } from "../../oidc-answer.ts";

export const dynamic = "force-dynamic";

/** Where the provider sends browsers back to, with a code or with why there is none. */
export async function GET(request: NextRequest): Promise<Response> {
  const query = Object.fromEntries(request.nextUrl.searchParams);
  return answerOidc(request, (oidc, from) =>
    finishOidcSignIn({ db: database().db, settings: authSettings(), oidc }, { ...from, query }),
  );
}
