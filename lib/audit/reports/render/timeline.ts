import type { AuditTimeline, TimelineBar } from "#db/audit/model.ts";
import { html, type Markup } from "./markup.ts";
import { type Clock, many, number } from "./words.ts";

const size = { width: 900, height: 200, left: 44, right: 8, top: 8, bottom: 24 };
const results = ["done", "refused", "failed"] as const;

/** Bars of what happened when, one on another by how it ended. Each bar tells its figures to whoever points at it. */
export function drawTimeline(timeline: AuditTimeline, clock: Clock): Markup {
  const { bars, total, barMs } = timeline;
  const top = ceilingOf(Math.max(0, ...bars.map(sum)));
  const [inner, tall] = [size.width - size.left - size.right, size.height - size.top - size.bottom];
  const step = inner / Math.max(1, bars.length);
  const y = (value: number) => size.top + tall - (value / top) * tall;
  const say = (at: string) =>
    barMs >= 43_200_000
      ? clock.weekday(at)
      : bars.length * barMs > 172_800_000
        ? weekdayAndHour(clock, at)
        : clock.hour(at);
  const drawn = bars.map((bar, at) => drawBar(bar, { x: size.left + at * step, width: step, y, say }));
  const lines = [0, top / 2, top].map(
    (value) =>
      html`<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${y(value)}" y2="${y(value)}"/><text x="${size.left - 6}" y="${y(value) + 4}" text-anchor="end">${number(value)}</text>`,
  );
  const every = Math.max(1, Math.ceil(bars.length / 8));
  const ticks = bars.map((bar, at) =>
    at % every === 0
      ? html`<text x="${round(size.left + at * step)}" y="${size.height - 6}">${say(bar.from)}</text>`
      : null,
  );
  const busiest = bars.reduce<TimelineBar | null>(
    (most, bar) => (sum(bar) > (most ? sum(most) : 0) ? bar : most),
    null,
  );
  const label = busiest
    ? `${many(sum(total), "act")} over time; most, ${number(sum(busiest))}, from ${clock.full(busiest.from)} on.`
    : "Nothing happened.";
  return html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">${lines}${drawn}${ticks}</svg>
<ul class="key"><li><span class="done">■ Done</span> ${number(total.done)}</li><li><span class="refused">■ Refused</span> ${number(total.refused)}</li><li><span class="failed">■ Failed</span> ${number(total.failed)}</li></ul>`;
}

type Place = { x: number; width: number; y: (value: number) => number; say: (at: string) => string };

function drawBar(bar: TimelineBar, { x, width, y, say }: Place): Markup | null {
  if (sum(bar) === 0) return null;
  const gap = width > 4 ? 1.5 : 0.5;
  let below = 0;
  const parts = results.map((result) => {
    const value = bar[result];
    if (value === 0) return null;
    const [from, to] = [y(below + value), y(below)];
    below += value;
    // What is rare must be seen next to what is not.
    const height = Math.max(1.5, to - from);
    return html`<rect class="bar-${result}" x="${round(x)}" y="${round(to - height)}" width="${round(width - gap)}" height="${round(height)}"/>`;
  });
  return html`<g><title>${say(bar.from)}: ${many(bar.done, "act")} done, ${number(bar.refused)} refused, ${number(bar.failed)} failed</title>${parts}</g>`;
}

const weekdayAndHour = (clock: Clock, at: string) => `${clock.weekday(at)} ${clock.hour(at)}`;
const sum = ({ done, refused, failed }: Pick<TimelineBar, "done" | "refused" | "failed">) =>
  done + refused + failed;
const round = (value: number) => Math.round(value * 100) / 100;

/** The next of 2, 4, 10, 20, 40, 100 … so that its half is a whole number too. */
function ceilingOf(most: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const step of [2, 4, 10]) if (most <= step * ten) return step * ten;
  }
}
