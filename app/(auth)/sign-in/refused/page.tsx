import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LinkButton } from "#components/ui/button.tsx";
import { currentSession } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { AuthFrame } from "../../_components/auth-frame.tsx";
import { OidcLink, OidcLinkAfresh } from "../_components/oidc-link.tsx";
import { explainProblem } from "./problems.ts";

export const metadata: Metadata = { title: "Not signed in" };

/** Where a sign-in through the provider ends that came to nothing. */
export default async function RefusedPage({
  searchParams,
}: {
  searchParams: Promise<{ why?: string | string[] }>;
}) {
  const { oidc } = env();
  const { why } = await searchParams;
  // Who goes back to an address that has served is signed in all the same.
  if (!oidc || (why === "stale" && (await currentSession()))) redirect("/");
  const { title, text, retry } = explainProblem(why, oidc.name);
  return (
    <AuthFrame title={title}>
      <div className="grid justify-items-start gap-6">
        <p className="max-w-[56ch] text-pretty text-14">{text}</p>
        <div className="flex flex-wrap gap-2.5">
          {retry === "again" ? <OidcLink name={oidc.name} next="/" /> : null}
          {retry === "as_another" ? <OidcLinkAfresh /> : null}
          <LinkButton href="/sign-in" look={retry ? "plain" : "primary"}>
            Back to sign-in
          </LinkButton>
        </div>
      </div>
    </AuthFrame>
  );
}
