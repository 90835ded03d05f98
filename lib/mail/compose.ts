import type { PlanState } from "../remediation/model.ts";
import type { Message } from "./send.ts";

/** What an e-mail about a plan tells; all of it may come from a cloud or a colleague, and none of it is trusted as markup. */
export type PlanLetter = {
  title: string;
  reason: string;
  requestedBy: string;
  state: PlanState;
  risk: string;
  reversible: boolean;
  resources: number;
  accounts: string[];
  expiresAt: Date | null;
  /** The newest decision. */
  decision: { by: string; verb: "approved" | "rejected"; reason: string } | null;
  /** Where it is shown. */
  url: string;
};

type Letter = { subject: string; lead: string; facts: [string, string][]; button: string; url: string };

export const composeApprovalAsked = (to: string, plan: PlanLetter): Message =>
  compose(to, {
    subject: `Approve a fix? ${plan.title}`,
    lead: `${plan.requestedBy} asks for your approval of a fix: ${plan.title}.`,
    facts: [["Why", plan.reason], ...reach(plan), ...expiry(plan)],
    button: "See exactly what it changes",
    url: plan.url,
  });

export const composePlanDecided = (to: string, plan: PlanLetter): Message => {
  const { decision } = plan;
  const verb = decision?.verb ?? "decided on";
  return compose(to, {
    subject: `${verb === "approved" ? "Approved" : "Rejected"}: ${plan.title}`,
    lead: `${decision?.by ?? "Somebody"} ${verb} the fix that you proposed: ${plan.title}.`,
    facts: [...(decision?.reason ? [["Reason", decision.reason] as [string, string]] : []), ...reach(plan)],
    button: "Open the plan",
    url: plan.url,
  });
};

const endings: Partial<Record<PlanState, string>> = {
  succeeded: "succeeded, and the checks pass",
  changed_unverified: "was carried out, but could not be verified",
  failed: "failed",
  expired: "expired before it was approved",
  rolled_back: "was rolled back",
  rollback_failed: "could not be rolled back",
};

export const composePlanEnded = (to: string, plan: PlanLetter): Message => {
  const how = endings[plan.state] ?? "has ended";
  return compose(to, {
    subject: `Fix ${how}: ${plan.title}`,
    lead: `The fix that you proposed ${how}: ${plan.title}.`,
    facts: reach(plan),
    button: "See what happened",
    url: plan.url,
  });
};

/** @param messages What the playbook has its people told. */
export const composeNotice = (to: string, plan: PlanLetter, messages: readonly string[]): Message =>
  compose(to, {
    subject: `A fix concerns you: ${plan.title}`,
    lead: messages.length > 0 ? messages.join(" ") : `A fix concerns you: ${plan.title}.`,
    facts: [["Why", plan.reason], ...reach(plan)],
    button: "Open the plan",
    url: plan.url,
  });

/** What an e-mail about an alert of the audit trail tells. */
export type AlertLetter = {
  rule: string;
  organisation: string;
  lead: string;
  limit: string;
  /** The newest of what was counted, a line each. */
  samples: string[];
  url: string;
};

export const composeAlert = (to: string, alert: AlertLetter): Message =>
  compose(to, {
    subject: `Alert: ${alert.rule}`,
    lead: alert.lead,
    facts: [
      ["Rule", alert.rule],
      ["Organisation", alert.organisation],
      ["Limit", alert.limit],
      ...alert.samples.map((sample, at): [string, string] => [at === 0 ? "Newest" : "", sample]),
    ],
    button: "Open the audit trail",
    url: alert.url,
  });

/** What an e-mail tells that brings an audit report. */
export type ReportLetter = {
  title: string;
  organisation: string;
  period: string;
  facts: [string, string][];
  url: string;
  file: { name: string; html: string };
};

export const composeAuditReport = (to: string, report: ReportLetter): Message => ({
  ...compose(to, {
    subject: `${report.title}: ${report.period}`,
    lead: `The ${report.title.toLowerCase()} of ${report.organisation} for ${report.period} is attached.`,
    facts: report.facts,
    button: "Open it in Parapet",
    url: report.url,
  }),
  attachments: [
    { filename: report.file.name, contentType: "text/html; charset=utf-8", content: report.file.html },
  ],
});

export const composeTest = (to: string, url: string): Message =>
  compose(to, {
    subject: "Parapet can send e-mail",
    lead: "This is the test that you asked for. E-mail from Parapet reaches you.",
    facts: [],
    button: "Open Parapet",
    url,
  });

const reach = ({ resources, accounts, risk, reversible }: PlanLetter): [string, string][] => [
  ["Touches", `${resources} ${resources === 1 ? "resource" : "resources"} in ${listed(accounts)}`],
  ["Risk", `${risk}; ${reversible ? "it can be rolled back" : "it can't be undone"}`],
];

const expiry = ({ expiresAt }: PlanLetter): [string, string][] =>
  expiresAt ? [["Expires", `${expiresAt.toISOString().slice(0, 16).replace("T", " ")} UTC`]] : [];

const listed = (names: string[]): string =>
  names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more accounts`;

function compose(to: string, { subject, lead, facts, button, url }: Letter): Message {
  const told = facts.map(([name, value]) => [name, line(value)] as const);
  const text = [
    line(lead),
    ...(told.length ? ["", ...told.map(([name, value]) => (name ? `${name}: ${value}` : `  ${value}`))] : []),
    "",
    `${button}: ${url}`,
    "",
    "You get this because of your role in Parapet.",
  ].join("\n");
  const rows = told
    .map(
      ([name, value]) =>
        `<tr><td style="padding:4px 16px 4px 0;color:#5b6b70;vertical-align:top">${escapeHtml(name)}</td><td style="padding:4px 0">${escapeHtml(value)}</td></tr>`,
    )
    .join("");
  const html = `<!doctype html><html lang="en"><body style="margin:0;padding:24px;background:#f5f8f8;color:#14262b;font:14px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d8e2e4;border-radius:6px"><p style="margin:0 0 16px;font-size:16px">${escapeHtml(line(lead))}</p><table style="border-collapse:collapse;font-size:14px">${rows}</table><p style="margin:24px 0 0"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;background:#0f5f66;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(button)}</a></p><p style="margin:24px 0 0;color:#5b6b70;font-size:13px">You get this because of your role in Parapet.</p></div></body></html>`;
  return { to, subject: line(subject), text, html };
}

/** One line, without what could start another or run the wrong way. */
const line = (text: string): string => {
  const clean = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return clean.length > 400 ? `${clean.slice(0, 399)}…` : clean;
};

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
