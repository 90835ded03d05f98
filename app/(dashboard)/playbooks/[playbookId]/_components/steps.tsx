import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";
import { sayCondition } from "../../say-condition.ts";

/** Step by step what is done to each resource, in that order; a later one that fails takes the earlier ones back. */
export function Steps({ playbook: { actions, parameters } }: { playbook: PlaybookView }) {
  return (
    <ol
      aria-label="Steps"
      className="mt-5 grid max-w-3xl gap-px overflow-hidden rounded border border-line bg-line"
    >
      {actions.map(({ id, title, kind, operation, when, timeoutSeconds }, index) => {
        const condition = when ? sayCondition(when, parameters) : null;
        return (
          <li key={id} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 bg-surface px-4 py-3">
            <span aria-hidden className="pt-px text-right text-14 text-ink-faint">
              {index + 1}
            </span>
            <div className="min-w-0">
              <p className="text-14 font-[540]">
                <Untrusted text={title} limit={120} />
              </p>
              {condition ? (
                <p className="mt-0.5 text-13 text-pretty text-ink-soft">
                  Only <Untrusted text={condition} limit={500} />
                </p>
              ) : null}
              <p className="mt-1 flex flex-wrap gap-x-4 text-12 text-ink-faint">
                <span className="font-mono">
                  <Untrusted
                    text={kind === operation.split(".")[0] ? operation : `${kind} ${operation}`}
                    limit={150}
                  />
                </span>
                <span>at most {sayTime(timeoutSeconds)}</span>
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

const sayTime = (seconds: number): string =>
  seconds % 60 === 0 && seconds >= 120 ? `${seconds / 60} minutes` : `${seconds} seconds`;
