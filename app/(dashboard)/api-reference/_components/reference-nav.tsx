import type { Entry } from "../reference.ts";
import { MethodMark } from "./method-mark.tsx";

/** The operations by group; beside the page on a desk, folded over it on a phone. */
export function ReferenceNav({ groups }: { groups: { tag: string; entries: Entry[] }[] }) {
  return (
    <nav aria-label="Operations" className="grid gap-5 pb-8">
      {groups.map(({ tag, entries }) => (
        <div key={tag}>
          <p className="label-caps text-ink-faint">{tag}</p>
          <ul className="mt-1.5">
            {entries.map(({ method, operation: { operationId, summary } }) => (
              <li key={operationId}>
                <a
                  href={`#${operationId}`}
                  className="flex items-start gap-2 rounded-sm py-1 pr-1 text-13 leading-5 text-ink-soft transition-colors duration-120 hover:text-ink max-lg:py-2"
                >
                  <MethodMark method={method} terse />
                  <span className="min-w-0 text-pretty">{summary}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
