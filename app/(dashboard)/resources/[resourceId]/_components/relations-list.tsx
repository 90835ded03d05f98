import Link from "next/link";
import { kindWord } from "#components/resources/kind-words.ts";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { RelationGroup, Relations } from "#db/resources/model.ts";
import { relationLimit } from "#db/resources/relation-limit.ts";
import { resourceHref } from "../../hrefs.ts";

/** What it names and what names it, by kind. */
export function RelationsList({ relations, now }: { relations: Relations; now: string }) {
  const { names, namedBy, more } = relations;
  if (names.length + namedBy.length === 0) {
    return (
      <p className="text-13 text-ink-soft">
        Its configuration names no other resource that was found, and none names it.
      </p>
    );
  }
  return (
    <div className="grid gap-4">
      {names.length > 0 ? <Side title="It uses" groups={names} more={more.names} now={now} /> : null}
      {namedBy.length > 0 ? <Side title="Used by" groups={namedBy} more={more.namedBy} now={now} /> : null}
    </div>
  );
}

function Side({
  title,
  groups,
  more,
  now,
}: {
  title: string;
  groups: readonly RelationGroup[];
  more: boolean;
  now: string;
}) {
  return (
    <section aria-label={title}>
      <h3 className="label-caps">{title}</h3>
      {groups.map(({ kind, rows, count }) => (
        <details key={kind} open={rows.length <= 6} className="group mt-1.5">
          <summary className="flex min-h-7 list-none items-center gap-2 rounded text-13 text-ink-soft hover:text-ink max-sm:min-h-10">
            <span
              aria-hidden
              className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
            >
              ›
            </span>
            <span className="min-w-0 flex-1 truncate">{kindWord(kind)}</span>
            <span className="text-ink-faint">{count.toLocaleString("en")}</span>
          </summary>
          <ul className="mt-1 ml-1.5 border-l border-line pl-3.5">
            {rows.map((row) => (
              <li key={row.id}>
                <Link
                  href={resourceHref(row.id)}
                  prefetch={false}
                  title={row.uid.slice(0, 400)}
                  className="flex min-h-7 items-baseline gap-2 rounded py-1 text-13 hover:text-accent max-sm:min-h-10 max-sm:items-center"
                >
                  <span className="min-w-0 truncate underline decoration-line-strong underline-offset-4">
                    <Untrusted text={row.name.trim() || row.uid} limit={120} />
                  </span>
                  {row.deletedAt ? (
                    <span className="shrink-0 text-12 text-ink-faint">
                      gone <Time at={row.deletedAt} now={now} />
                    </span>
                  ) : (
                    <span className="shrink-0 text-12 text-ink-faint">{row.region}</span>
                  )}
                </Link>
              </li>
            ))}
            {count > rows.length ? (
              <li className="py-1 text-12 text-ink-faint">
                and {(count - rows.length).toLocaleString("en")} more
              </li>
            ) : null}
          </ul>
        </details>
      ))}
      {more ? (
        <p className="mt-1.5 text-12 text-ink-faint">
          There are more than {relationLimit.toLocaleString("en")}; the rest is not counted.
        </p>
      ) : null}
    </section>
  );
}
