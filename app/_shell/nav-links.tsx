"use client";
import { ListChecks, Radar, Settings, ShieldAlert } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const areas = [
  { href: "/findings", root: "/findings", word: "Findings", Icon: ShieldAlert },
  { href: "/scans", root: "/scans", word: "Scans", Icon: Radar },
  { href: "/checks", root: "/checks", word: "Checks", Icon: ListChecks },
  { href: "/settings/accounts", root: "/settings", word: "Settings", Icon: Settings },
] as const;

/** The areas of the product: a rail beside the page, a bar beneath it on a phone. */
export function NavLinks() {
  const path = usePathname();
  return areas.map(({ href, root, word, Icon }) => (
    <Link
      key={href}
      href={href}
      title={word}
      aria-current={path === root || path.startsWith(`${root}/`) ? "page" : undefined}
      className="group relative flex items-center gap-3 rounded text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=page]:font-[540] aria-[current=page]:text-ink max-md:h-14 max-md:flex-1 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:rounded-none max-md:text-12 md:h-9 md:px-2.5 md:text-14 md:aria-[current=page]:bg-selected"
    >
      <Icon
        aria-hidden
        strokeWidth={1.6}
        className="size-[18px] shrink-0 group-aria-[current=page]:text-accent"
      />
      <span className="md:group-data-[rail=narrow]/shell:sr-only">{word}</span>
    </Link>
  ));
}
