"use client";
import { cx } from "#components/ui/class-names.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { followInPlace } from "../_state/search.ts";

/** One value to narrow by. It is a link, so that it also opens in a tab of its own. */
export function Choice({
  href,
  onChoose,
  label,
  count,
  chosen,
  round = false,
}: {
  href: string;
  onChoose: () => void;
  label: string;
  count: number;
  chosen: boolean;
  /** One of several that exclude each other. */
  round?: boolean;
}) {
  return (
    <a
      href={href}
      onClick={followInPlace(onChoose)}
      aria-current={chosen ? "true" : undefined}
      title={label.slice(0, 300)}
      className="group/choice flex min-h-7 items-center gap-2.5 rounded px-3 text-13 text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=true]:text-ink max-lg:min-h-10"
    >
      <span
        aria-hidden
        className={cx(
          "grid size-3.5 shrink-0 place-items-center border",
          round ? "rounded-full" : "rounded-xs",
          chosen ? "border-accent bg-accent" : "border-edge group-hover/choice:border-ink-faint",
        )}
      >
        {chosen ? (
          <span className={cx("size-1.5 bg-on-accent", round ? "rounded-full" : "rounded-[1px]")} />
        ) : null}
      </span>
      <span className="min-w-0 flex-1 truncate">
        <Untrusted text={label} limit={120} />
      </span>
      <span className="text-ink-faint">{count.toLocaleString("en")}</span>
    </a>
  );
}
