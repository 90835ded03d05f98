import { actOf } from "#components/audit/sentence.ts";
import type { AuditEntryView, AuditErrors, AuditPerformance, AuditStatistics } from "#db/audit/model.ts";
import { cut, html, type Markup } from "./markup.ts";
import { type Clock, duration, number, spaced } from "./words.ts";

/** Who acted. The name stands by itself, so that it can be taken out again should that person be erased. */
export const person = (kind: "user" | "system", id: string, name: string): Markup =>
  kind === "user" ? html`<b data-user="${id}">${cut(name, 80)}</b>` : html`Parapet (${cut(name, 80)})`;

/** Where a user's name goes in a sentence: a character that no sentence has, of those that stand for nothing. */
const place = "\uffff";

/** What was done. A user whom it was done to stands by themselves, as who acted does. */
function act(entry: AuditEntryView): Markup {
  const { kind, id, name } = entry.object;
  if (kind !== "user" || name === null) return html`${cut(actOf(entry), 240)}`;
  const [before = "", ...after] = cut(actOf({ ...entry, object: { kind, id, name: place } }), 240).split(
    place,
  );
  return html`${before}${after.length > 0 ? person("user", id, name) : null}${after.join("")}`;
}

/** An action's name, which may be broken where its words end. */
const action = (name: string): Markup =>
  html`<code>${cut(name)
    .split(/(?<=[._-])/)
    .map((word) => html`${word}<wbr>`)}</code>`;

export const resultMark = (result: "done" | "refused" | "failed"): Markup =>
  html`<span class="${result}">${result === "done" ? "✓" : result === "refused" ? "✕" : "!"} ${result}</span>`;

export function errorsTable({ kinds }: AuditErrors, clock: Clock): Markup {
  if (kinds.length === 0) return html`<p class="soft">Nothing was refused, and nothing failed.</p>`;
  const rows = kinds
    .slice(0, 40)
    .map(
      (kind) =>
        html`<tr><th scope="row">${action(kind.action)}<span class="narrow">${resultMark(kind.result)}</span></th><td class="wide">${resultMark(kind.result)}</td><td>${kind.reason === null ? html`<span class="soft">not told</span>` : cut(spaced(kind.reason))}</td><td class="n">${number(kind.count)}</td><td class="n wide">${number(kind.before)}</td><td class="at wide">${clock.moment(kind.lastAt)}</td></tr>`,
    );
  return html`<div class="sheet"><table><thead><tr><th scope="col">Act</th><th scope="col" class="wide">How it ended</th><th scope="col">Why</th><th scope="col" class="n">Times</th><th scope="col" class="n wide">Before</th><th scope="col" class="wide">Last</th></tr></thead><tbody>${rows}</tbody></table></div>${rest(kinds.length, 40, "kinds")}`;
}

export function performanceTable({ actions }: AuditPerformance): Markup {
  if (actions.length === 0) return html`<p class="soft">No act of the period was measured.</p>`;
  const rows = actions
    .slice(0, 25)
    .map(
      (it) =>
        html`<tr><th scope="row">${action(it.action)}${it.worse === null ? null : html` <span class="mark refused">▲ ${it.worse.toFixed(1)} × slower than before</span>`}</th><td class="n">${number(it.count)}</td><td class="n wide">${duration(it.minMs)}</td><td class="n wide">${duration(it.meanMs)}</td><td class="n">${duration(it.p50Ms)}</td><td class="n">${duration(it.p95Ms)}</td><td class="n wide">${duration(it.p99Ms)}</td><td class="n wide">${duration(it.maxMs)}</td></tr>`,
    );
  return html`<div class="sheet"><table><thead><tr><th scope="col">Act</th><th scope="col" class="n">Times</th><th scope="col" class="n wide">Least</th><th scope="col" class="n wide">Mean</th><th scope="col" class="n">Half within</th><th scope="col" class="n">95 % within</th><th scope="col" class="n wide">99 % within</th><th scope="col" class="n wide">Most</th></tr></thead><tbody>${rows}</tbody></table></div>${rest(actions.length, 25, "acts")}`;
}

export function actorsTable({ actors }: AuditStatistics, clock: Clock): Markup {
  const rows = actors
    .slice(0, 20)
    .map(
      ({ actor, counts, lastAt }) =>
        html`<tr><th scope="row">${person(actor.kind, actor.id, actor.name)}</th>${counted(counts)}<td class="at wide">${clock.moment(lastAt)}</td></tr>`,
    );
  return html`<div class="sheet"><table><thead><tr><th scope="col">Who</th>${countHeads}<th scope="col" class="wide">Last</th></tr></thead><tbody>${rows}</tbody></table></div>${rest(actors.length, 20, "actors")}`;
}

export function categoriesTable({ categories }: AuditStatistics): Markup {
  const rows = categories
    .slice(0, 25)
    .map(({ category, counts }) => html`<tr><th scope="row">${action(category)}</th>${counted(counts)}</tr>`);
  return html`<div class="sheet"><table><thead><tr><th scope="col">What it was about</th>${countHeads}</tr></thead><tbody>${rows}</tbody></table></div>${rest(categories.length, 25, "things")}`;
}

export function recentTable(entries: readonly AuditEntryView[], clock: Clock): Markup {
  const rows = entries.map(
    (entry) =>
      html`<tr><td class="at">${clock.moment(entry.at)}</td><td>${person(entry.actor.kind, entry.actor.id, entry.actor.name)} ${act(entry)}</td><td>${resultMark(entry.result)}</td></tr>`,
  );
  return html`<div class="sheet"><table><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">How it ended</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

const countHeads = html`<th scope="col" class="n">Done</th><th scope="col" class="n">Refused</th><th scope="col" class="n">Failed</th>`;
const counted = ({ done, refused, failed }: AuditStatistics["total"]) =>
  html`<td class="n">${number(done)}</td><td class="n">${number(refused)}</td><td class="n">${number(failed)}</td>`;

const rest = (all: number, shown: number, what: string): Markup | null =>
  all > shown ? html`<p class="soft">And ${number(all - shown)} more ${what}.</p>` : null;
