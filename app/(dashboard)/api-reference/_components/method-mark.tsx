import { cx } from "#components/ui/class-names.ts";

/** Reading is quiet; what writes is marked, and what deletes is marked as that. */
export function MethodMark({ method, terse = false }: { method: string; terse?: boolean }) {
  return (
    <code
      className={cx(
        "inline-flex shrink-0 items-center rounded-sm border font-mono text-12",
        terse ? "h-5 w-14 justify-center" : "h-5 px-1.5",
        method === "GET"
          ? "border-line-strong text-ink-soft"
          : method === "DELETE"
            ? "border-transparent bg-critical-soft text-danger"
            : "border-transparent bg-accent-soft text-ink",
      )}
    >
      {method}
    </code>
  );
}
