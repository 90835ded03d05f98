import { serviceName } from "#components/findings/service-names.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { GapGroup } from "#db/scans/model.ts";
import type { GapCode } from "#lib/inventory/model.ts";
import { explainGap } from "./explain-gap.ts";

const titles: Readonly<Record<GapCode, string>> = {
  denied: "Refused",
  throttled: "Slowed down",
  disabled: "Region not enabled",
  expired: "Credentials ran out",
  unavailable: "No answer",
  malformed: "Answer not understood",
};

/** What a scan could not read, by cause: a sentence, what hangs on it, and what to do. */
export function GapList({ gaps }: { gaps: readonly GapGroup[] }) {
  return (
    <ul className="border-t border-line">
      {gaps.map((gap) => {
        const { what, todo } = explainGap(gap.code, gap.operation, gap.account);
        return (
          <li
            key={`${gap.code}${gap.operation}${gap.account}${gap.service}`}
            className="grid grid-cols-[0.5rem_minmax(0,1fr)] gap-x-4 border-b border-line py-4"
          >
            <span aria-hidden className="hatched h-full rounded-xs border border-gap" />
            <div className="grid gap-x-8 gap-y-1.5 lg:grid-cols-[14rem_minmax(0,1fr)]">
              <div>
                <div className="text-14 font-[540]">{titles[gap.code]}</div>
                <code className="font-mono text-12 text-ink-soft">
                  <Untrusted text={gap.operation} limit={120} />
                </code>
                <div className="mt-1 text-13 text-ink-faint">
                  <Untrusted text={gap.account} limit={60} />, {serviceName(gap.service)}
                </div>
                <div className="text-13 text-ink-faint">{gap.regions.join(", ")}</div>
              </div>
              <div className="max-w-[68ch] text-14 text-pretty">
                <p>
                  {what} {sayExtent(gap)}
                </p>
                <p className="mt-1 text-ink-soft">{todo}</p>
                <details className="mt-1.5">
                  <summary className="inline-flex list-none text-13 text-ink-faint underline decoration-line-strong underline-offset-4 hover:text-ink">
                    What the provider said
                  </summary>
                  <p className="mt-1.5 rounded border border-line bg-inset px-3 py-2 font-mono text-12 text-ink-soft">
                    <Untrusted text={gap.message} limit={500} />
                  </p>
                </details>
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function sayExtent({ wholeList, resources }: GapGroup): string {
  const known =
    resources > 0
      ? `${resources.toLocaleString("en")} ${resources === 1 ? "resource is" : "resources are"} known only in part.`
      : "";
  return wholeList ? `The list is incomplete, so resources may exist that nobody saw. ${known}` : known;
}
