import { discoverProvider } from "#lib/auth/oidc/discover.ts";
import { SignInProblem } from "#lib/auth/oidc/problem.ts";
import { redirectAddress } from "#lib/auth/oidc/provider.ts";
import type { Env } from "#lib/env.ts";
import type { Finding } from "./diagnose.ts";

/** Whether the identity provider answers and is what the variables say. */
export async function checkSignIn({ oidc, sandbox, authUrl }: Env): Promise<Finding> {
  const name = "Single sign-on";
  if (!oidc) return { name, status: "skipped", detail: "not set up (PARAPET_OIDC_ISSUER)" };
  if (sandbox) return { name, status: "skipped", detail: "not used in sandbox mode" };
  try {
    const { issuer } = await discoverProvider(oidc.issuer);
    return { name, status: "good", detail: `${issuer} answers; it must know ${redirectAddress(authUrl)}` };
  } catch (error) {
    if (!(error instanceof SignInProblem)) throw error;
    return { name, status: "bad", detail: error.message, advice: "See docs/sign-in.md." };
  }
}
