import { visibleText } from "#components/ui/visible-text.ts";
import type { PlannedAction } from "#lib/remediation/model.ts";
import { CallList } from "./calls.tsx";
import { ChangeList } from "./change-list.tsx";
import { Fold } from "./fold.tsx";
import { countOf } from "./plan-words.ts";

/** One action on one resource: what it changes, how exactly, and how it is taken back. */
export function ActionPlanView({ action: { title, plan } }: { action: PlannedAction }) {
  const name = visibleText(title.slice(0, 200));
  if (plan.outcome !== "change") {
    return (
      <div>
        <h3 className="text-13 font-[540]">{name}</h3>
        <p className="mt-1 text-13 text-pretty text-ink-soft">
          {plan.outcome === "refused" ? (
            <span className="text-danger">Can't be done: {visibleText(plan.reason)}</span>
          ) : (
            `Nothing to do: ${visibleText(plan.reason)}`
          )}
        </p>
      </div>
    );
  }
  const { before, after, calls, commands, wayBack, wayBackCommands, notes } = plan;
  return (
    <div className="grid gap-2">
      <h3 className="text-13 font-[540]">{name}</h3>
      {before === null && after === null ? null : (
        <ChangeList before={before} after={after} label={`What changes: ${name}`} />
      )}
      {notes.length > 0 ? (
        <ul className="grid list-disc gap-1 pl-4 text-13 text-ink-soft marker:text-ink-faint">
          {notes.map((note) => (
            <li key={note} className="text-pretty">
              {visibleText(note)}
            </li>
          ))}
        </ul>
      ) : null}
      <div>
        {calls.length > 0 ? (
          <Fold look="line" summary={`${countOf(calls.length, "exact call")}, as commands too`}>
            <CallList calls={calls} commands={commands} label={`Calls: ${name}`} />
          </Fold>
        ) : null}
        {"irreversible" in wayBack ? (
          <p className="py-2 text-13 text-pretty">
            <span className="font-[540] text-danger">No way back. </span>
            {visibleText(wayBack.irreversible)}
          </p>
        ) : wayBack.calls.length > 0 ? (
          <Fold look="line" summary={`The way back, ${countOf(wayBack.calls.length, "call")}`}>
            <CallList calls={wayBack.calls} commands={wayBackCommands} label={`Way back: ${name}`} />
          </Fold>
        ) : null}
      </div>
    </div>
  );
}
