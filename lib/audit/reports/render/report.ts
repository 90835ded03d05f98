import { createHash } from "node:crypto";
import { type ReportContent, reportTitles } from "../model.ts";
import { integrityMark, integritySection } from "./integrity.ts";
import { html, Markup } from "./markup.ts";
import {
  actorsTable,
  categoriesTable,
  errorsTable,
  performanceTable,
  person,
  recentTable,
} from "./sections.ts";
import { styles } from "./styles.ts";
import { drawTimeline } from "./timeline.ts";
import { type Clock, change, clock, many, number } from "./words.ts";
import { workflowTable } from "./workflow.ts";

/** What a page of this style may do: show itself, and nothing else. */
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(styles).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** A report as one page that needs nothing else: no script, no font, no picture, no address is asked. */
export function renderReport(content: ReportContent): string {
  const { organisation, kind, timeZone, madeAt, madeBy, statistics, timeline, integrity, workflow } = content;
  const times = clock(timeZone);
  const { total, before } = statistics;
  const [all, allBefore] = [total, before].map(({ done, refused, failed }) => done + refused + failed);
  const people = statistics.actors.filter(({ actor }) => actor.kind === "user").length;
  const tiles: [string, number][] = [
    ["Acts", all ?? 0],
    ["Refused", total.refused],
    ["Failed", total.failed],
    ["People", people],
    ["Scans ended", Object.values(workflow.scans.ended).reduce((sum, count) => sum + count, 0)],
    ["Approvals", workflow.plans.approved],
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${reportTitles[kind]}, ${organisation}, ${period(content, times)}</title>
<style>${new Markup(styles)}</style>
</head>
<body>
<main>
<p class="kicker">${organisation}</p>
<h1>${reportTitles[kind]}</h1>
<p class="soft">${period(content, times)}. Times are those of ${timeZone}.</p>
<p class="lead">${many(all ?? 0, "act")} ${all === 1 ? "was" : "were"} recorded, ${change(all ?? 0, allBefore ?? 0)}. ${trouble(total)} The trail: ${integrityMark(integrity)}</p>
<dl class="tiles">${tiles.map(([what, count]) => html`<div class="tile"><dt>${what}</dt><dd>${number(count)}</dd></div>`)}</dl>
<h2>Activity</h2>
<div class="sheet chart">${drawTimeline(timeline, times)}</div>
<h2>What was refused and what failed</h2>
${errorsTable(content.errors, times)}
<h2>From scan to fix</h2>
${workflowTable(workflow)}
<h2>How long acts took</h2>
${performanceTable(content.performance)}
<h2>Who acted</h2>
${actorsTable(statistics, times)}
<h2>What it was about</h2>
${categoriesTable(statistics)}
<h2>Whether the trail can be believed</h2>
${integritySection(integrity, times)}
<h2>The newest of the period</h2>
${content.recent.length > 0 ? recentTable(content.recent, times) : html`<p class="soft">Nothing happened.</p>`}
<footer>Made ${times.full(madeAt)} by ${madeBy ? person("user", madeBy.id, madeBy.name) : "schedule"}. What counts is the trail itself: every figure here can be asked of it again, and each entry proven.</footer>
</main>
</body>
</html>
`;
  return page.text;
}

/** Days where it is whole days, else moments. */
function period({ statistics, kind }: ReportContent, times: Clock): string {
  const last = new Date(Date.parse(statistics.to) - 1);
  if (kind === "daily") return times.day(statistics.from);
  if (kind === "weekly") return `${times.day(statistics.from)} to ${times.day(last)}`;
  return `${times.full(statistics.from)} to ${times.full(statistics.to)}`;
}

function trouble({ refused, failed }: ReportContent["statistics"]["total"]): string {
  if (refused + failed === 0) return "None was refused, and none failed.";
  return `${number(refused)} ${refused === 1 ? "was" : "were"} refused, ${number(failed)} failed.`;
}
