import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { LinkButton } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { exactTime } from "#components/ui/relative-time.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { DuplicatePage, ImportView, RejectionPage } from "#db/imports/model.ts";
import { fileSize, formatWords, isUnderWay, sayImport } from "../say-import.ts";
import { DuplicatesTable } from "./duplicates-table.tsx";
import { OutcomeFigures } from "./outcome-figures.tsx";
import { RejectionsTable } from "./rejections-table.tsx";

type At = { rejected?: number | undefined; differing?: number | undefined; agreeing?: number | undefined };

/** One import: how far it has come, what it came to, and the rows that were not taken. */
export function ImportDetail({
  found,
  rejected,
  differing,
  agreeing,
  at,
}: {
  found: ImportView;
  rejected: RejectionPage;
  differing: DuplicatePage;
  agreeing: DuplicatePage;
  at: At;
  now: string;
}) {
  const { id, counts } = found;
  const under = isUnderWay(found);
  return (
    <div className="pb-16">
      <header className="px-4 pt-5 pb-6 sm:px-6">
        <Link
          href="/imports"
          className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          Imports
        </Link>
        <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h1 className="flex items-center gap-3 text-28 tracking-[-0.02em] wrap-anywhere">
              {under ? <span aria-hidden className="size-3 shrink-0 breathing rounded-xs bg-accent" /> : null}
              <Untrusted text={found.fileName} limit={200} />
            </h1>
            {found.status === "failed" ? null : (
              <p aria-live="polite" className="mt-1 max-w-[72ch] text-14 text-pretty text-ink-soft">
                {sayImport(found)}
              </p>
            )}
            <p className="mt-0.5 text-13 text-ink-faint">
              {found.tool ? <Untrusted text={found.tool} limit={100} /> : null}
              {found.tool ? " · " : ""}
              {formatWords[found.format]} · {fileSize(found.bytes)} ·{" "}
              {found.requestedBy ? <Untrusted text={found.requestedBy.name} limit={80} /> : "command line"},{" "}
              {exactTime(found.createdAt)}
              {found.account ? (
                <>
                  {" · for "}
                  <Untrusted text={`${found.account.name} (${found.account.externalId})`} limit={120} />
                </>
              ) : null}
            </p>
          </div>
          <FindingLinks id={id} counts={counts} />
        </div>
        {found.status === "failed" ? (
          <div role="alert" className="mt-4 max-w-[80ch]">
            <Notice tone="danger">
              <Untrusted text={sayImport(found)} limit={600} />
            </Notice>
          </div>
        ) : null}
        {under ? (
          <progress
            aria-label="Read"
            value={found.bytes > 0 ? found.bytesRead / found.bytes : 0}
            max={1}
            className="mt-4 h-1.5 w-full appearance-none overflow-hidden rounded-sm bg-inset [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-inset [&::-webkit-progress-value]:bg-accent"
          />
        ) : null}
      </header>
      <OutcomeFigures counts={counts} />
      {counts.contradicted > 0 ? (
        <Section
          id="differing"
          title="Judged otherwise"
          text="The report and Parapet disagree about these. Parapet's own verdict stands; look at whichever is newer."
        >
          <DuplicatesTable
            label="Rows that Parapet judges otherwise"
            page={differing}
            nextHref={pageHref(id, at, "differing", differing.next)}
            firstHref={at.differing ? pageHref(id, at, "differing", 0) : null}
          />
        </Section>
      ) : null}
      {counts.rejected > 0 ? (
        <Section
          id="rejected"
          title="Rejected rows"
          text={
            counts.rejected > 10_000
              ? `The first 10,000 of ${counts.rejected.toLocaleString("en")} were kept. Nothing of a rejected row was stored.`
              : "Nothing of these was stored. Mend the cause and import the file again: what was taken already is not taken twice."
          }
        >
          <RejectionsTable
            page={rejected}
            nextHref={pageHref(id, at, "rejected", rejected.next)}
            firstHref={at.rejected ? pageHref(id, at, "rejected", 0) : null}
          />
        </Section>
      ) : null}
      {counts.duplicates > counts.contradicted ? (
        <Section
          id="agreeing"
          title="Parapet's own"
          text="One of Parapet's checks judges the same of the same resource, so these were counted and not stored."
        >
          <DuplicatesTable
            label="Rows that Parapet judges itself"
            page={agreeing}
            nextHref={pageHref(id, at, "agreeing", agreeing.next)}
            firstHref={at.agreeing ? pageHref(id, at, "agreeing", 0) : null}
          />
        </Section>
      ) : null}
    </div>
  );
}

function FindingLinks({ id, counts }: Pick<ImportView, "id" | "counts">) {
  const links = [
    { change: "opened", count: counts.created, word: "new" },
    { change: "resolved", count: counts.resolved, word: "resolved" },
  ].filter(({ count }) => count > 0);
  if (links.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {links.map(({ change, count, word }) => (
        <LinkButton key={change} href={`/findings?state=all&scan=${id}&change=${change}` as Route}>
          {count === 1 ? `The ${word} finding` : `${count.toLocaleString("en")} ${word} findings`}
        </LinkButton>
      ))}
    </div>
  );
}

function Section({
  id,
  title,
  text,
  children,
}: {
  id: string;
  title: string;
  text: string;
  children: React.ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="pt-10">
      <h2 id={id} className="scroll-mt-28 px-4 text-16 sm:px-6">
        {title}
      </h2>
      <p className="mt-1 mb-4 max-w-[72ch] px-4 text-14 text-pretty text-ink-soft sm:px-6">{text}</p>
      {children}
    </section>
  );
}

/** The address with one list turned on to a row, and the others where they are. Null where there is no further page. */
function pageHref(id: string, at: At, list: keyof At, after: number | null): Route | null {
  if (after === null) return null;
  const next = { ...at, [list]: after || undefined };
  const query = new URLSearchParams(
    Object.entries(next).flatMap(([name, row]) => (row ? [[name, String(row)] as [string, string]] : [])),
  );
  return `/imports/${id}${query.size > 0 ? `?${query}` : ""}#${list}` as Route;
}
