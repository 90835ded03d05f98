import { cx } from "#components/ui/class-names.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";

const initialsOf = (name: string) =>
  name
    .split(/\s+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? "")
    .join("");

/** A person by initials and name; a dashed ring stands for nobody. */
export function PersonMark({
  person,
  terse = false,
}: {
  person: { id: string; name: string } | null;
  terse?: boolean;
}) {
  if (!person) {
    return (
      <span className="inline-flex min-w-0 items-center gap-2 text-ink-faint">
        <span aria-hidden className="size-5 shrink-0 rounded-full border border-dashed border-edge" />
        <span className={cx("truncate", terse && "sr-only")}>Nobody</span>
      </span>
    );
  }
  return (
    <span className="inline-flex min-w-0 items-center gap-2" title={visibleText(person.name.slice(0, 100))}>
      <span
        aria-hidden
        className="grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-[0.625rem] leading-none font-[600] text-ink"
      >
        {visibleText(initialsOf(person.name))}
      </span>
      <span className={cx("truncate", terse && "sr-only")}>
        <Untrusted text={person.name} limit={60} />
      </span>
    </span>
  );
}
