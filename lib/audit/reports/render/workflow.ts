import type { Spread, WorkflowStatistics } from "#db/audit/workflow.ts";
import { html, type Markup } from "./markup.ts";
import { duration, number, spaced } from "./words.ts";

/** From scan to fix: how often each step was taken, and how long it took. */
export function workflowTable({ scans, findings, plans }: WorkflowStatistics): Markup {
  const rows: [string, number, string][] = [
    ["Scans started", scans.started, ""],
    ["Scans ended", sum(scans.ended), [states(scans.ended), took(scans.took)].filter(Boolean).join("; ")],
    ["Changes in triage", findings.triaged, ""],
    ["of that, mutes", findings.muted, ""],
    ["Risks accepted", findings.risksAccepted, ""],
    ["Comments", findings.commented, ""],
    ["Plans proposed", plans.proposed, ""],
    ["Plans submitted for approval", plans.submitted, ""],
    ["Approvals given", plans.approved, took(plans.decidedIn, "decided")],
    ["Plans rejected", plans.rejected, ""],
    ["Plans begun", plans.begun, ""],
    [
      "Plans ended",
      sum(plans.ended),
      [states(plans.ended), took(plans.carriedOutIn, "carried out")].filter(Boolean).join("; "),
    ],
    ["Rollbacks asked for", plans.rollbacksAsked, ""],
  ];
  return html`<div class="sheet"><table><thead><tr><th scope="col">Step</th><th scope="col" class="n">Times</th><th scope="col">How</th></tr></thead><tbody>${rows.map(
    ([what, count, how]) =>
      html`<tr><th scope="row">${what}</th><td class="n">${number(count)}</td><td class="soft">${how}</td></tr>`,
  )}</tbody></table></div>`;
}

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

const states = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${number(count)} ${spaced(state)}`)
    .join(", ");

const took = (spread: Spread, verb = "took") =>
  spread ? `half ${verb} within ${duration(spread.medianMs)}, 95 % within ${duration(spread.p95Ms)}` : "";
