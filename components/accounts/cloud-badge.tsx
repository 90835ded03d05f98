import { cloudName } from "#components/findings/service-names.ts";
import { cx } from "#components/ui/class-names.ts";
import type { Cloud } from "#lib/inventory/model.ts";

const short: Readonly<Record<Cloud, string>> = { aws: "AWS", azure: "Az", gcp: "GC" };

/** A cloud in a few letters, as wide for each of the three, so that names beneath one another begin in one line. */
export function CloudBadge({ cloud, isOff = false }: { cloud: Cloud; isOff?: boolean }) {
  return (
    <span
      title={cloudName(cloud)}
      className={cx(
        "inline-flex h-6 w-9 shrink-0 items-center justify-center rounded-sm border text-12 font-[540]",
        isOff ? "border-line text-ink-faint" : "border-line-strong text-ink-soft",
      )}
    >
      <span aria-hidden>{short[cloud]}</span>
      <span className="sr-only">{cloudName(cloud)}</span>
    </span>
  );
}
