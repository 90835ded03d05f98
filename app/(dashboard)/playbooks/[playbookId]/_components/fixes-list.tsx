import type { Route } from "next";
import Link from "next/link";
import { database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { readCheckTitles } from "../../../findings/labels.ts";
import { Section } from "./section.tsx";

/** The checks that it fixes. */
export async function FixesList({ scope, checkIds }: { scope: Scope; checkIds: readonly string[] }) {
  const titleOf = await readCheckTitles(database().db, scope, checkIds);
  return (
    <Section
      id="fixes"
      title={checkIds.length === 1 ? "The check it fixes" : `The ${checkIds.length} checks it fixes`}
    >
      <ul className="grid gap-2.5">
        {checkIds.map((id) => (
          <li key={id} className="min-w-0">
            <Link
              href={`/checks/${id}` as Route}
              prefetch={false}
              className="text-14 text-pretty underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              {titleOf(id)}
            </Link>
            <span className="block truncate font-mono text-12 text-ink-faint">{id}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
