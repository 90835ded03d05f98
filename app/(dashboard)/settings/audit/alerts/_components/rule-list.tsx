import { BellRing } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AlertRuleView } from "#db/audit/alert-model.ts";
import { sayMatch } from "../../_match/match-draft.ts";
import { channelWords, sayChannel, sayLimit } from "../alert-words.ts";
import type { RuleChoices } from "./channel-fields.tsx";
import { RuleActions } from "./rule-actions.tsx";

/** One row each: what counts, how much, and who is told. */
export function RuleList({
  rules,
  choices,
  now,
}: {
  rules: readonly AlertRuleView[];
  /** Null for who may not change them. */
  choices: RuleChoices | null;
  now: string;
}) {
  return (
    <ul aria-label="Alert rules" className="mt-6 border-t border-line">
      {rules.map((rule) => (
        <li
          key={rule.id}
          className="grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-4 gap-y-2 border-b border-line py-3.5 sm:grid-cols-[1.25rem_minmax(0,1fr)_auto]"
        >
          <BellRing aria-hidden strokeWidth={1.6} className="mt-0.5 size-5 text-ink-faint" />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Untrusted text={rule.name} limit={80} className="min-w-0 text-14 font-[540] break-words" />
              {rule.enabled ? null : <Badge>Off</Badge>}
              {rule.enabled && rule.silentUntil ? (
                <Badge>
                  <span>
                    Silent, ends <Time at={rule.silentUntil} now={now} />
                  </span>
                </Badge>
              ) : null}
            </div>
            <p className="mt-0.5 text-13 text-pretty text-ink-soft">{sayLimit(rule)}</p>
            <p className="mt-0.5 text-13 text-pretty break-words text-ink-faint">
              <Untrusted text={sayMatch(rule.match)} limit={200} />
            </p>
            <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1">
              {rule.channels.map((channel) => (
                <li key={channel.id} className="min-w-0 text-13 text-ink-soft">
                  <span className="text-ink-faint">{channelWords[channel.kind]} </span>
                  <Untrusted text={sayChannel(channel)} limit={120} className="break-words" />
                </li>
              ))}
            </ul>
            <p className="mt-1 text-13 text-ink-faint">
              {rule.lastFiredAt ? (
                <>
                  Last raised <Time at={rule.lastFiredAt} now={now} />
                </>
              ) : (
                "Never raised"
              )}
            </p>
          </div>
          {choices ? (
            <div className="col-start-2 sm:col-start-3">
              <RuleActions rule={rule} choices={choices} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
