import type { ReactNode } from "react";

/**
 * One thing to decide on, whatever it is about: what it comes to in one line, the facts to weigh, what unfolds, and what can
 * be done at the bottom, where on a phone it stays within reach of a thumb however much is unfolded.
 */
export function ApprovalCard({
  id,
  title,
  aside,
  facts,
  children,
  foot,
  isChosen = false,
}: {
  id: string;
  title: ReactNode;
  /** Beside the title, such as its state or a box to tick. */
  aside?: ReactNode;
  facts: readonly { name: string; value: ReactNode }[];
  /** What unfolds. */
  children?: ReactNode;
  foot?: ReactNode;
  isChosen?: boolean;
}) {
  return (
    <article
      aria-labelledby={`${id}-title`}
      data-chosen={isChosen || undefined}
      className="overflow-clip rounded border border-line-strong bg-surface transition-colors duration-120 data-chosen:border-accent"
    >
      <div className="px-4 pt-4 sm:px-5">
        <div className="flex items-start justify-between gap-4">
          <h2 id={`${id}-title`} className="min-w-0 text-16 text-pretty">
            {title}
          </h2>
          {aside}
        </div>
        <dl className="mt-3 grid gap-2.5 text-14">
          {facts.map(({ name, value }) => (
            <div
              key={name}
              className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 sm:grid-cols-[6rem_minmax(0,1fr)] sm:gap-x-4"
            >
              <dt className="text-13 leading-5 text-ink-faint sm:text-14">{name}</dt>
              <dd className="min-w-0">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {/* What sticks stays within this, so that no decision is in sight before the facts are. */}
      <div className="mt-3">
        {children ? <div className="border-t border-line">{children}</div> : null}
        {foot ? (
          <div className="border-t border-line bg-surface px-4 py-3.5 empty:hidden max-sm:sticky max-sm:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] sm:px-5">
            {foot}
          </div>
        ) : null}
      </div>
    </article>
  );
}
