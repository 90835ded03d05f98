import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { AuditIntegrity } from "#db/audit/model.ts";

/** Where checkpoints are kept outside of the database: what shows when its end was cut off, or all of it replaced. */
export function Anchors({
  anchors,
  size,
  now,
}: {
  anchors: AuditIntegrity["anchors"];
  /** Of the newest checkpoint. */
  size: number;
  now: string;
}) {
  return (
    <section
      aria-labelledby="anchors"
      className="min-w-0 border-line px-4 pt-6 pb-8 sm:px-6 @5xl/page:border-r"
    >
      <h2 id="anchors" className="text-16">
        Anchors
      </h2>
      <p className="mt-0.5 max-w-[64ch] text-13 text-pretty text-ink-soft">
        Checkpoints are kept outside of the database too, where whoever holds the database can't reach them.
      </p>
      {anchors.length === 0 ? (
        <p className="mt-4 rounded border border-line bg-inset px-3.5 py-2.5 text-13 text-pretty text-ink-soft">
          None is configured, so nobody could tell if the whole database were put back to an older state. Name
          one in <code className="text-12">PARAPET_AUDIT_ANCHORS</code>: a file on another disk, or a bucket
          with object lock.
        </p>
      ) : (
        <ul className="mt-4 divide-y divide-line rounded border border-line">
          {anchors.map((anchor) => (
            <li key={anchor.name} className="px-3.5 py-2.5 text-13">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
                <span className="flex min-w-0 max-w-full items-center gap-2 font-mono text-12">
                  <span
                    aria-hidden
                    className={`size-2.5 shrink-0 rounded-xs ${anchor.error ? "hatched border border-gap" : "bg-done"}`}
                  />
                  <MiddleCut text={anchor.name} tail={24} />
                </span>
                <span className="text-ink-soft">{sayHeld(anchor.size, size)}</span>
              </div>
              <p className="mt-0.5 pl-4.5 text-12 text-ink-faint">
                {anchor.at ? (
                  <>
                    written <Time at={anchor.at} now={now > anchor.at ? now : anchor.at} />
                  </>
                ) : (
                  "not written yet"
                )}
              </p>
              {anchor.error ? (
                <p className="mt-1 pl-4.5 text-13 text-pretty">
                  <Untrusted text={anchor.error} limit={500} />
                  {anchor.failingSince ? (
                    <span className="text-ink-faint">
                      {" "}
                      Failing since{" "}
                      <Time
                        at={anchor.failingSince}
                        now={now > anchor.failingSince ? now : anchor.failingSince}
                      />
                      .
                    </span>
                  ) : null}
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function sayHeld(held: number | null, size: number): string {
  if (held === null) return "holds nothing";
  if (held >= size) return `holds all ${held.toLocaleString("en")}`;
  return `${(size - held).toLocaleString("en")} behind`;
}
