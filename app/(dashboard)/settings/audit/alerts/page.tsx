import type { Metadata } from "next";
import { LiveRefresh } from "#app/_shell/live-refresh.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listAlertPeople, listAlertRules, listAlerts } from "#db/audit/alerts.ts";
import { database } from "#db/client.ts";
import { channelChoices } from "#lib/audit/alerts/channel-choices.ts";
import { requireScope } from "#lib/auth/session.ts";
import { AlertList } from "./_components/alert-list.tsx";
import { NewRule } from "./_components/new-rule.tsx";
import { RuleList } from "./_components/rule-list.tsx";

export const metadata: Metadata = { title: "Alerts of the audit trail" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** When people are told that much goes wrong, and what they were told. */
export default async function AlertsPage({ searchParams }: Props) {
  const scope = await requireScope();
  const { after: asked } = await searchParams;
  const after = typeof asked === "string" && /^[\d\-T:.Z]+~alt_[0-9a-f]{28}$/.test(asked) ? asked : undefined;
  const { db } = database();
  const manages = scope.can("audit:manage");
  const [rules, page, people] = await Promise.all([
    listAlertRules(db, scope),
    listAlerts(db, scope, { limit: 20, ...(after ? { after } : {}) }),
    manages ? listAlertPeople(db, scope) : [],
  ]);
  const choices = manages ? { ...channelChoices(scope), people } : null;
  const now = new Date().toISOString();
  return (
    <>
      <LiveRefresh active />
      <section aria-labelledby="rules" className="mt-8">
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <div>
            <h2 id="rules" className="text-20">
              Alert rules
            </h2>
            <p className="mt-1 max-w-[62ch] text-14 text-pretty text-ink-soft">
              Tell people when more acts fail or are refused within a time than is usual. After an alert the
              rule is silent for a while, so that one storm makes one alert.
            </p>
          </div>
          {choices ? <NewRule choices={choices} /> : null}
        </div>
        {rules.length > 0 ? (
          <RuleList rules={rules} choices={choices} now={now} />
        ) : (
          <EmptyState title="Nobody is told yet">
            {manages
              ? "A good first rule: 10 refusals or failures within 10 minutes, to your administrators, silent for an hour."
              : "An administrator can have people told when much goes wrong."}
          </EmptyState>
        )}
      </section>
      <section aria-labelledby="alerts" className="mt-12">
        <h2 id="alerts" className="text-20">
          Alerts
        </h2>
        <AlertList page={page} isFirst={after === undefined} now={now} />
      </section>
    </>
  );
}
