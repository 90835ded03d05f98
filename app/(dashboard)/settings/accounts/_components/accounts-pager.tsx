import { LinkButton } from "#components/ui/button.tsx";
import { accountsHref } from "../hrefs.ts";
import type { AccountsSearch } from "../search-params.ts";

/** Which of the accounts are shown, and the way to the next ones; nothing where all of them are. */
export function AccountsPager({
  search,
  from,
  to,
  of,
  next,
}: {
  search: AccountsSearch;
  from: number;
  to: number;
  of: number;
  next: string | null;
}) {
  if (from === 1 && to === of) return null;
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center gap-3 px-4 py-3 text-13 text-ink-soft sm:px-6"
    >
      <span>
        {from.toLocaleString("en")} to {to.toLocaleString("en")} of {of.toLocaleString("en")}
      </span>
      <span className="ml-auto flex gap-2">
        {from > 1 ? (
          <LinkButton size="sm" look="plain" href={accountsHref(search)}>
            First
          </LinkButton>
        ) : null}
        {next ? (
          <LinkButton size="sm" href={accountsHref(search, { after: next })}>
            Next
          </LinkButton>
        ) : null}
      </span>
    </nav>
  );
}
