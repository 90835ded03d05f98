import { Input } from "#components/ui/field.tsx";
import { SeverityMark, severityWords } from "#components/ui/severity-mark.tsx";
import type { SlaStanding } from "#db/triage/sla-preview.ts";
import type { Severity } from "#lib/checks/model.ts";

/** Days as they are typed; empty for no date. */
export type SlaDraft = Record<Severity, string>;

const order = ["critical", "high", "medium", "low", "info"] as const satisfies readonly Severity[];
const head = "label-caps h-9 border-y border-line px-3 font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2";
const n = (count: number) => count.toLocaleString("en");

/** One row a severity: its days, its open findings, how many of them are overdue now and then. */
export function SlaTable({
  draft,
  standing,
  preview,
  onChange,
}: {
  draft: SlaDraft;
  standing: Record<Severity, SlaStanding>;
  /** Under what is typed; null where nothing else is typed than what is set. */
  preview: Record<Severity, SlaStanding> | "reading" | null;
  /** Null for who may only look. */
  onChange: ((draft: SlaDraft) => void) | null;
}) {
  return (
    <table className="w-full max-w-3xl border-collapse text-14">
      <caption className="sr-only">Days by severity</caption>
      <thead>
        <tr>
          <th scope="col" className={`${head} pl-0 text-left`}>
            Severity
          </th>
          <th scope="col" className={`${head} w-26 text-left`}>
            Days
          </th>
          <th scope="col" className={`${head} text-right max-sm:hidden`}>
            Open
          </th>
          <th scope="col" className={`${head} text-right`}>
            Overdue
          </th>
          {preview ? (
            <th scope="col" className={`${head} text-right`}>
              Would be
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {order.map((severity) => {
          const now = standing[severity];
          return (
            <tr key={severity}>
              <th scope="row" className={`${cell} pl-0 text-left font-[400]`}>
                <SeverityMark severity={severity} />
              </th>
              <td className={cell}>
                {onChange ? (
                  <Input
                    aria-label={`Days for ${severityWords[severity].toLowerCase()}`}
                    inputMode="numeric"
                    pattern="[0-9]{0,4}"
                    maxLength={4}
                    placeholder="none"
                    value={draft[severity]}
                    className="text-right"
                    onChange={({ target }) => onChange({ ...draft, [severity]: target.value })}
                  />
                ) : draft[severity] === "" ? (
                  <span className="text-ink-faint">none</span>
                ) : (
                  draft[severity]
                )}
              </td>
              <td className={`${cell} text-right text-ink-soft max-sm:hidden`}>
                {n(now.open)}
                {now.byHand > 0 ? (
                  <span className="block text-12 text-ink-faint">{n(now.byHand)} by hand</span>
                ) : null}
              </td>
              <td className={`${cell} text-right ${now.overdue > 0 ? "" : "text-ink-faint"}`}>
                {n(now.overdue)}
              </td>
              {preview ? (
                <td className={`${cell} text-right`}>
                  {preview === "reading" ? (
                    <span className="breathing text-ink-faint">…</span>
                  ) : (
                    <WouldBe now={now.overdue} then={preview[severity].wouldBe} />
                  )}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function WouldBe({ now, then }: { now: number; then: number }) {
  if (now === then) return <span className="text-ink-faint">{n(then)}</span>;
  return (
    <span className={then > now ? "font-[540] text-danger" : "font-[540] text-ink"}>
      {n(then)}
      <span className="sr-only">{then > now ? ", more than now" : ", fewer than now"}</span>
    </span>
  );
}
