"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "#components/ui/class-names.ts";
import { type Area, areasFor, isWithin, type Offers } from "./areas.ts";
import { MoreAreas } from "./more-areas.tsx";
import type { Status } from "./status.ts";
import { useStatus } from "./use-status.ts";

/** The areas of the product: a rail beside the page; on a phone a bar beneath it with the first of them. */
export function NavLinks({ status: initial, offers }: { status: Status; offers: Offers }) {
  const path = usePathname();
  const { approvals } = useStatus(initial);
  const areas = areasFor(offers);
  return (
    <>
      {areas.map((area) => (
        <NavLink key={area.root} area={area} path={path} count={area.root === "/approvals" ? approvals : 0} />
      ))}
      <MoreAreas path={path} areas={areas} />
    </>
  );
}

function NavLink({
  area: { href, root, word, Icon, first },
  path,
  count,
}: {
  area: Area;
  path: string;
  count: number;
}) {
  return (
    <Link
      href={href}
      title={word}
      aria-current={isWithin(path, root) ? "page" : undefined}
      className={cx(
        "group relative flex items-center gap-3 rounded text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=page]:font-[540] aria-[current=page]:text-ink max-md:h-14 max-md:flex-1 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:rounded-none max-md:text-12 md:h-9 md:px-2.5 md:text-14 md:aria-[current=page]:bg-selected",
        first ? "" : "max-md:hidden",
      )}
    >
      <Icon
        aria-hidden
        strokeWidth={1.6}
        className="size-[18px] shrink-0 group-aria-[current=page]:text-accent"
      />
      <span className="md:group-data-[rail=narrow]/shell:sr-only">{word}</span>
      {count > 0 ? <Count count={count} /> : null}
    </Link>
  );
}

const Count = ({ count }: { count: number }) => (
  <span className="rounded-sm bg-accent-soft px-1.5 text-12 font-[540] text-ink max-md:absolute max-md:top-1.5 max-md:left-[calc(50%+0.5rem)] max-md:px-1 md:ml-auto md:group-data-[rail=narrow]/shell:absolute md:group-data-[rail=narrow]/shell:top-0 md:group-data-[rail=narrow]/shell:right-0">
    <span className="sr-only">, waiting for you: </span>
    {count > 99 ? "99+" : count}
  </span>
);
