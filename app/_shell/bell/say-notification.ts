import type { Notification } from "#db/triage/queries.ts";

/** What happened, after the name of who caused it. */
export const notificationWords: Readonly<Record<Notification["kind"], string>> = {
  mention: "mentioned you",
  assigned: "assigned this to you",
  acceptance_asked: "asks you to accept a risk",
  acceptance_decided: "decided on the risk you asked about",
  change_done: "A change that you asked for is done",
  fix_asked: "asks you to approve a fix",
  fix_decided: "decided on the fix you proposed",
  fix_ended: "The fix that you proposed has ended",
  fix_notice: "A fix concerns you",
  trail_broken: "The audit trail is not what was sealed",
};

/** Where a notification leads: to its one finding, to what was asked, or to the findings at large. */
export function notificationPath({ findingId, exceptionId, planId, kind }: Notification): string {
  if (findingId) return `/findings?state=all&finding=${encodeURIComponent(findingId)}`;
  if (exceptionId) return `/approvals?exception=${encodeURIComponent(exceptionId)}`;
  if (planId) return `/remediation/${encodeURIComponent(planId)}`;
  if (kind === "trail_broken") return "/audit/integrity";
  return kind === "acceptance_asked" ? "/approvals" : "/findings";
}
