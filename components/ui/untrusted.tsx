import { cx } from "./class-names.ts";
import { cutText, visibleText } from "./visible-text.ts";

/** A name, tag or message that others chose: isolated from the direction of what surrounds it, and bounded in length. */
export function Untrusted({
  text,
  limit = 300,
  className,
}: {
  text: string;
  limit?: number;
  className?: string;
}) {
  const shown = cutText(text, limit);
  return (
    <bdi className={className}>
      {visibleText(shown.text)}
      {shown.cut ? (
        <span className="text-ink-faint">… {shown.cut.toLocaleString("en")} characters</span>
      ) : null}
    </bdi>
  );
}

/** Cuts in the middle when there's no room, so that the end, which tells ids apart, stays in sight. One line. */
export function MiddleCut({
  text,
  tail = 12,
  className,
}: {
  text: string;
  tail?: number;
  className?: string;
}) {
  const shown = visibleText(cutText(text, 2_000).text);
  const characters = Array.from(shown);
  const head = characters.slice(0, Math.max(0, characters.length - tail)).join("");
  const end = characters.slice(-tail).join("");
  return (
    <bdi dir="ltr" className={cx("flex min-w-0 max-w-full whitespace-pre", className)}>
      <span className="min-w-0 overflow-hidden text-ellipsis">{head}</span>
      <span className="shrink-0">{end}</span>
    </bdi>
  );
}
