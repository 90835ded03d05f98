import type { Metadata, Route } from "next";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input } from "#components/ui/field.tsx";
import { openApiDocument } from "#lib/api/openapi.ts";
import { permissions } from "#lib/auth/permissions.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { OperationSection } from "./_components/operation-section.tsx";
import { ProblemCodes } from "./_components/problem-codes.tsx";
import { ReferenceNav } from "./_components/reference-nav.tsx";
import { findEntries } from "./reference.ts";

export const metadata: Metadata = { title: "API" };

/** The OpenAPI document, to be read: made on the server, of what the server itself answers by. */
export default async function ApiReferencePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [scope, { q }] = [await requireScope(), await searchParams];
  const words = typeof q === "string" ? q.slice(0, 100) : "";
  const groups = findEntries(words);
  const { authUrl, apiRate } = env();
  const { schemas } = openApiDocument().components;
  return (
    <div className="grid lg:grid-cols-[18rem_minmax(0,1fr)]">
      <aside className="top-0 self-start overflow-y-auto border-line px-4 pt-6 sm:px-6 lg:sticky lg:max-h-dvh lg:border-r lg:pr-4">
        <search>
          <form className="mb-5 flex gap-2">
            <Input
              type="search"
              name="q"
              defaultValue={words}
              aria-label="Search the API"
              placeholder="Search the API"
            />
            <Button type="submit">Find</Button>
          </form>
        </search>
        <div className="max-lg:hidden">
          <ReferenceNav groups={groups} />
        </div>
        <details className="mb-2 rounded border border-line lg:hidden">
          <summary className="cursor-pointer px-3.5 py-3 text-14 font-[540]">All operations</summary>
          <div className="px-3.5">
            <ReferenceNav groups={groups} />
          </div>
        </details>
      </aside>
      <div className="min-w-0 max-w-4xl px-4 pt-6 pb-16 sm:px-6">
        <Introduction origin={authUrl} rate={apiRate} />
        {groups.length === 0 ? (
          <EmptyState
            title="Nothing has these words"
            action={
              <Link href={"/api-reference" as Route} className="text-accent underline underline-offset-2">
                Show everything
              </Link>
            }
          >
            No operation's name, address or parameters hold all of “{words}”.
          </EmptyState>
        ) : null}
        {groups.map(({ tag, entries }) => (
          <section key={tag} aria-labelledby={`group-${tag}`} className="mt-8">
            <h2 id={`group-${tag}`} className="pb-3 text-20 tracking-[-0.015em]">
              {tag}
            </h2>
            {entries.map((entry) => (
              <OperationSection
                key={entry.operation.operationId}
                entry={entry}
                schemas={schemas}
                origin={authUrl}
                may={isAllowed(scope, entry.operation["x-permission"])}
              />
            ))}
          </section>
        ))}
        <div className="mt-8">
          <ProblemCodes />
        </div>
      </div>
    </div>
  );
}

const isAllowed = (scope: Scope, wanted: string | null): boolean =>
  permissions.some((permission) => permission === wanted && scope.can(permission));

function Introduction({ origin, rate }: { origin: string; rate: number }) {
  return (
    <header>
      <h1 className="text-28 tracking-[-0.02em]">API</h1>
      <p className="mt-1 max-w-[70ch] text-14 text-pretty text-ink-soft">
        Everything below answers at <code className="font-mono text-13 break-all">{origin}/api/v1</code> to
        who sends an{" "}
        <Link href={"/settings/tokens" as Route} className="text-accent underline underline-offset-2">
          API token
        </Link>
        , {rate.toLocaleString("en")} times a minute at most. Lists come in pages: as long as{" "}
        <code className="font-mono text-13">next</code> isn't null, send it as{" "}
        <code className="font-mono text-13">after</code>. For a client of your own, take{" "}
        <a href="/api/v1/openapi.json" className="text-accent underline underline-offset-2">
          the OpenAPI 3.1 document
        </a>
        .
      </p>
    </header>
  );
}
