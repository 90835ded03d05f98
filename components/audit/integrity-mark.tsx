import { ShieldCheck, ShieldX } from "lucide-react";
import { cx } from "#components/ui/class-names.ts";
import type { IntegrityState } from "#db/audit/model.ts";

/** Whether the trail can be believed, as a shape: what is known to be so is quiet, what isn't known is hatched. */
export function IntegrityMark({ state, className }: { state: IntegrityState; className?: string }) {
  if (state === "broken")
    return (
      <ShieldX aria-hidden strokeWidth={1.8} className={cx("size-4 shrink-0 text-critical", className)} />
    );
  if (state === "sound")
    return (
      <ShieldCheck aria-hidden strokeWidth={1.8} className={cx("size-4 shrink-0 text-accent", className)} />
    );
  return (
    <span aria-hidden className={cx("grid size-4 shrink-0 place-items-center", className)}>
      <span className="hatched size-3 rounded-xs border border-gap" />
    </span>
  );
}
