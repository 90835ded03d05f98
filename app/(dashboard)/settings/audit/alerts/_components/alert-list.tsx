import type { Route } from "next";
import { ResultMark } from "#components/audit/result-mark.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AlertPage, AlertView } from "#db/audit/alert-model.ts";
import { channelWords, sayMinutes } from "../alert-words.ts";

/** Alerts that were raised, newest first: how much it was, the newest of it, and whom it reached. */
export function AlertList({ page, isFirst, now }: { page: AlertPage; isFirst: boolean; now: string }) {
  if (page.alerts.length === 0) {
    return (
      <p className="mt-3 border-y border-line py-6 text-14 text-pretty text-ink-soft">
        {isFirst ? "None so far. Rules are looked at every minute." : "There are no older ones."}
      </p>
    );
  }
  return (
    <>
      <ul aria-label="Alerts" className="mt-3 border-t border-line">
        {page.alerts.map((alert) => (
          <li key={alert.id} className="border-b border-line py-3.5">
            <Alert alert={alert} now={now} />
          </li>
        ))}
      </ul>
      {!isFirst || page.next ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {isFirst ? null : (
            <LinkButton size="sm" href={"/settings/audit/alerts" as Route}>
              Newest
            </LinkButton>
          )}
          {page.next ? (
            <LinkButton
              size="sm"
              href={`/settings/audit/alerts?after=${encodeURIComponent(page.next)}` as Route}
            >
              Older
            </LinkButton>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

function Alert({ alert, now }: { alert: AlertView; now: string }) {
  const { name, count, windowMinutes, threshold, samples, outcomes } = alert;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="min-w-0 text-14">
          <Untrusted text={name} limit={80} className="font-[540] break-words" />{" "}
          <span className="text-ink-soft">
            {count.toLocaleString("en")} within {sayMinutes(windowMinutes)}, the limit is{" "}
            {threshold.toLocaleString("en")}
          </span>
        </p>
        <span className="text-13 text-ink-faint">
          <Time at={alert.at} now={now} />
        </span>
      </div>
      <ul aria-label="Whom it reached" className="mt-1 grid gap-0.5">
        {outcomes.map((outcome) => (
          <li key={outcome.key} className="text-13 break-words text-ink-soft">
            <span className="text-ink-faint">{channelWords[outcome.kind]} </span>
            <Untrusted text={outcome.name} limit={100} />
            {": "}
            <span className={outcome.state === "failed" ? "text-danger" : undefined}>
              {stateWords(outcome)}
            </span>
            {outcome.error && outcome.state !== "told" ? (
              <>
                {". "}
                <Untrusted text={outcome.error} limit={300} />
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <details className="mt-1.5">
        <summary className="cursor-pointer text-13 text-ink-soft hover:text-ink max-sm:py-2">
          The newest of it
        </summary>
        <ul className="mt-1.5 grid gap-1.5">
          {samples.map((sample) => (
            <li key={sample.entryId} className="flex flex-wrap gap-x-3 text-13">
              <ResultMark result={sample.result} />
              <span className="min-w-0 font-mono text-12 leading-5 break-all">{sample.action}</span>
              <Untrusted
                text={`${sample.object.kind} ${sample.object.id}`}
                limit={80}
                className="min-w-0 break-all text-ink-soft"
              />
              <Untrusted text={sample.actorName} limit={60} className="text-ink-soft" />
              <span className="text-ink-faint">
                <Time at={sample.at} now={now} />
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function stateWords({ state, attempts }: AlertView["outcomes"][number]): string {
  if (state === "told") return "told";
  if (state === "failed") return "not told";
  return attempts > 0 ? "tried again soon" : "on its way";
}
