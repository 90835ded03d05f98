import { visibleText } from "#components/ui/visible-text.ts";
import type { PlaybookProblem } from "../judge-playbook.ts";

/** Everything that is wrong, each with its place. */
export function ProblemList({ problems }: { problems: readonly PlaybookProblem[] }) {
  return (
    <div role="alert" className="rounded bg-critical-soft px-4 py-3">
      <p className="text-14 font-[540]">
        {problems.length === 1 ? "One thing won't do" : `${problems.length} things won't do`}. Nothing was
        saved, and all that you wrote is still here.
      </p>
      <ul className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-1.5 text-13">
        {problems.slice(0, 30).map(({ path, message, line }) => (
          <li key={`${path}${message}`} className="text-pretty">
            {line === null ? null : <span className="text-ink-soft">Line {line}: </span>}
            {path ? <code className="font-mono text-12">{visibleText(path)}</code> : null}
            {path ? ": " : ""}
            {visibleText(message)}
          </li>
        ))}
        {problems.length > 30 ? <li>and {problems.length - 30} more</li> : null}
      </ul>
    </div>
  );
}
