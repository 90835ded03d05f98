import type { Metadata, Route } from "next";
import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listTokens } from "#db/api/queries.ts";
import { database } from "#db/client.ts";
import { requireSession } from "#lib/auth/session.ts";
import { tokenPermissions, tokenPermissionWords } from "#lib/tokens/token-permissions.ts";
import { CreateToken } from "./_components/create-token.tsx";
import { TokenList } from "./_components/token-list.tsx";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const { scope, session } = await requireSession();
  const tokens = await listTokens(database().db, scope);
  const own = tokens.filter(({ user }) => user.id === session.user.id);
  const others = tokens.filter(({ user }) => user.id !== session.user.id);
  const now = new Date().toISOString();
  const choices = tokenPermissions
    .filter((permission) => scope.can(permission))
    .map((permission) => ({ permission, words: tokenPermissionWords[permission] ?? "" }));
  return (
    <div className="max-w-5xl px-4 pt-6 pb-16 sm:px-6">
      <h1 className="sr-only">API tokens</h1>
      <div className="mt-1.5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <p className="max-w-[60ch] text-pretty text-14 text-ink-soft">
          <span className="mb-1 block text-20 font-[560] tracking-[-0.015em] text-ink">
            {own.length === 0
              ? "Nothing acts for you through the API"
              : own.length === 1
                ? "One token acts for you through the API"
                : `${own.length} tokens act for you through the API`}
          </span>
          Programs and the command line prove with a token that they act for you. Each does no more than it
          was allowed, and never more than your role allows now.{" "}
          <Link href={"/api-reference" as Route} className="text-accent underline underline-offset-2">
            Read the API
          </Link>
        </p>
        <CreateToken choices={choices} now={now} />
      </div>
      {own.length > 0 ? (
        <TokenList label="Your tokens" tokens={own} now={now} />
      ) : (
        <EmptyState title="No tokens yet">
          Make one for a pipeline, a dashboard of your own, or the command line on your laptop. It is shown
          once, ends by itself, and you can revoke it here at any time.
        </EmptyState>
      )}
      {scope.can("users:manage") ? (
        <section className="mt-12">
          <h2 className="text-16">Everyone else in {session.organisation.name}</h2>
          {others.length > 0 ? (
            <TokenList label="Other people's tokens" tokens={others} now={now} showsUser />
          ) : (
            <p className="mt-2 text-14 text-ink-soft">Nobody else has a token.</p>
          )}
        </section>
      ) : null}
    </div>
  );
}
