"use client";
import { Fold } from "#components/remediation/fold.tsx";
import { Images, StateText } from "#components/remediation/images.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { StepView } from "#db/remediation/model.ts";
import type { PlannedAction } from "#lib/remediation/model.ts";

/** What each step kept before it changed anything, against what was read afterwards. */
export function StepImages({
  steps,
  actions,
  name,
  isOpen,
}: {
  /** The resource's. */
  name: string;
  steps: readonly StepView[];
  actions: readonly PlannedAction[];
  isOpen: boolean;
}) {
  const kept = steps.filter(({ before, after }) => before !== null || after !== null);
  if (kept.length === 0) return null;
  return (
    <div className="grid gap-2">
      {kept.map(({ id, action, before, after, state }) => (
        <Fold
          key={id}
          look="line"
          isOpen={isOpen}
          summary={
            <>
              <span className="font-[540] text-ink">{after === null ? "Before" : "Before and after"}</span>
              {steps.length > 1 ? (
                <>
                  {": "}
                  <Untrusted
                    text={actions.find((each) => each.action === action)?.title ?? action}
                    limit={160}
                  />
                </>
              ) : null}
            </>
          }
        >
          <div className="pt-1">
            {after === null ? (
              <>
                <p className="mb-1.5 text-13 text-ink-soft">
                  {state === "running"
                    ? "Kept before the first call; it is read again after the last."
                    : "This was kept. It was not read again afterwards."}
                </p>
                <StateText value={before} />
              </>
            ) : (
              <Images
                of={steps.length > 1 ? `${name}, ${action}` : name}
                before={before}
                after={after}
                names={
                  state === "rolled_back" ? ["Before, and again now", "After the fix"] : ["Before", "After"]
                }
              />
            )}
          </div>
        </Fold>
      ))}
    </div>
  );
}
