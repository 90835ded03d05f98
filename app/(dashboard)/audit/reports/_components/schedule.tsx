"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ReportPlan } from "#lib/audit/reports/model.ts";
import { hourOf, weekdays } from "../say-report.ts";
import { ScheduleDialog } from "./schedule-dialog.tsx";

type Reader = { id: string; name: string };

/** When reports come by themselves and who gets them, with the way to change that. */
export function Schedule({
  plan,
  readers,
  mayManage,
  mails,
}: {
  plan: ReportPlan;
  readers: readonly Reader[];
  mayManage: boolean;
  /** Whether a mail server is configured. */
  mails: boolean;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const { daily, weekly, timeZone } = plan;
  const recipients = readers.filter(({ id }) => plan.recipients.includes(id));
  const rows = [
    ["Every day", daily ? `at ${hourOf(daily.hour)}, of the day before` : "not made"],
    [
      "Every week",
      weekly
        ? `on ${weekdays[weekly.weekday - 1] ?? "Monday"} at ${hourOf(weekly.hour)}, of the seven days before`
        : "not made",
    ],
    ["Time zone", timeZone],
  ];
  return (
    <div className="px-4 pb-6 sm:px-6">
      <dl className="grid gap-3 text-14">
        {rows.map(([what, how]) => (
          <div key={what}>
            <dt className="text-13 text-ink-soft">{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
        <div>
          <dt className="text-13 text-ink-soft">By e-mail to</dt>
          <dd>
            {recipients.length === 0 ? (
              "nobody"
            ) : (
              <ul>
                {recipients.map(({ id, name }) => (
                  <li key={id}>
                    <Untrusted text={name} limit={80} />
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      {recipients.length > 0 && !mails ? (
        <p className="mt-3 text-13 text-pretty text-ink-soft">
          No mail server is configured, so nothing is sent: set PARAPET_SMTP_URL and PARAPET_MAIL_FROM.
        </p>
      ) : null}
      {mayManage ? (
        <>
          <Button className="mt-4" size="sm" onClick={() => setIsOpen(true)}>
            Change the schedule
          </Button>
          {isOpen ? <ScheduleDialog plan={plan} readers={readers} onClose={() => setIsOpen(false)} /> : null}
        </>
      ) : (
        <p className="mt-4 text-13 text-ink-soft">Administrators set this.</p>
      )}
    </div>
  );
}
