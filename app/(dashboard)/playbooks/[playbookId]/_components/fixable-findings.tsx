import type { Route } from "next";
import Link from "next/link";
import { database } from "#db/client.ts";
import { listFindings } from "#db/findings/list.ts";
import type { PlaybookView } from "#db/remediation/model.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { findingFilter, openStates } from "#lib/findings/filter.ts";
import { withFixes } from "../../../findings/with-fixes.ts";
import { ChooseFindings } from "./choose-findings.tsx";
import { Section } from "./section.tsx";

const shown = 10;

/** Open findings that it would fix, gravest first; some of them chosen, a fix is proposed from here. */
export async function FixableFindings({ scope, playbook }: { scope: Scope; playbook: PlaybookView }) {
  const filter = findingFilter({
    checkIds: [...playbook.fixes],
    states: [...openStates],
    sources: ["parapet"],
  });
  const { rows, next } = await listFindings(database().db, scope, filter, { sort: "severity", limit: shown });
  return (
    <Section id="findings" title="Open findings it would fix">
      {rows.length === 0 ? (
        <p className="text-14 text-ink-soft">None, in the accounts that you see.</p>
      ) : (
        <>
          <ChooseFindings
            rows={await withFixes(scope, rows)}
            playbook={playbook.id}
            may={scope.can("remediation:propose")}
            now={new Date().toISOString()}
          />
          {next ? (
            <Link
              href={`/findings?check=${playbook.fixes.slice(0, 100).join(",")}` as Route}
              prefetch={false}
              className="mt-3 inline-flex min-h-8 items-center text-13 text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              All of them, to choose from
            </Link>
          ) : null}
        </>
      )}
    </Section>
  );
}
