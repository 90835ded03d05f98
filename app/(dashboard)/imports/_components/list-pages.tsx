import type { Route } from "next";
import { LinkButton } from "#components/ui/button.tsx";

/** On to the next page of a list, or back to its first. */
export function ListPages({
  label,
  nextHref,
  firstHref,
}: {
  label: string;
  nextHref: Route | null;
  firstHref: Route | null;
}) {
  if (!nextHref && !firstHref) return null;
  return (
    <nav aria-label={label} className="flex justify-end gap-2 px-4 py-3 sm:px-6">
      {firstHref ? (
        <LinkButton size="sm" href={firstHref}>
          From the first
        </LinkButton>
      ) : null}
      {nextHref ? (
        <LinkButton size="sm" href={nextHref}>
          Further rows
        </LinkButton>
      ) : null}
    </nav>
  );
}
