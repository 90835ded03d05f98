"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";

/** Back to the list as it was left, with its filters and place; to the whole list for who came from elsewhere. */
export function BackLink() {
  const router = useRouter();
  return (
    <Link
      href="/resources"
      prefetch={false}
      onClick={(event) => {
        const plain = !(event.metaKey || event.ctrlKey || event.shiftKey);
        if (!plain || !cameFromList()) return;
        event.preventDefault();
        router.back();
      }}
      className="-ml-2 inline-flex h-7 items-center gap-1.5 rounded px-2 text-13 text-ink-soft hover:bg-hover hover:text-ink max-sm:h-10"
    >
      <ArrowLeft aria-hidden className="size-3.5" />
      Resources
    </Link>
  );
}

function cameFromList(): boolean {
  const { navigation } = window as {
    navigation?: { entries(): { url: string | null }[]; currentEntry?: { index: number } };
  };
  const before = navigation?.entries()[(navigation.currentEntry?.index ?? 0) - 1]?.url;
  return before ? new URL(before).pathname === "/resources" : false;
}
