import { ArrowLeft, ArrowRight } from "lucide-react";
import { LinkButton } from "#components/ui/button.tsx";
import { findingsHref } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";

export type Paging = {
  offset: number;
  /** Rows a page. */
  size: number;
  total: number;
  previous: string | null;
  next: string | null;
};

export function Pager({ paging, shown, search }: { paging: Paging; shown: number; search: FindingSearch }) {
  const { offset, size, total, previous, next } = paging;
  const from = offset + 1;
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-14 items-center gap-2 px-4 py-3 text-13 text-ink-soft sm:px-6 @2xl/page:px-4"
    >
      <span className="mr-auto">
        {from.toLocaleString("en")} to {(offset + shown).toLocaleString("en")} of {total.toLocaleString("en")}
      </span>
      {previous ? (
        <LinkButton
          size="sm"
          href={findingsHref(search, {
            before: offset > size ? previous : undefined,
            after: undefined,
            finding: undefined,
          })}
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          Previous
        </LinkButton>
      ) : null}
      {next ? (
        <LinkButton
          size="sm"
          href={findingsHref(search, { after: next, before: undefined, finding: undefined })}
        >
          Next
          <ArrowRight aria-hidden className="size-3.5" />
        </LinkButton>
      ) : null}
    </nav>
  );
}
