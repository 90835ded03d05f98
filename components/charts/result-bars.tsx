"use client";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { TimelineBar } from "#db/audit/model.ts";

const colours = { done: "var(--done)", refused: "var(--high)", failed: "var(--critical)" } as const;

/** How many acts there were at each time, as stacked bars; pressing one chooses its stretch. */
export default function ResultBars({
  bars,
  ticks,
  sayTick,
  sayBar,
  onChoose,
}: {
  bars: readonly TimelineBar[];
  /** Beginnings of the bars that are named under the axis, as far as there is room. */
  ticks: readonly string[];
  sayTick: (from: string) => string;
  /** A bar in words, as its tooltip says it. */
  sayBar: (bar: TimelineBar) => { title: string; lines: readonly string[] };
  onChoose?: (bar: TimelineBar) => void;
}) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...bars]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={bars.length > 60 ? 1 : 2}
        accessibilityLayer
        {...(onChoose
          ? {
              className: "cursor-pointer",
              onClick: ({ activeTooltipIndex }) => {
                const bar = bars[Number(activeTooltipIndex)];
                if (bar) onChoose(bar);
              },
            }
          : {})}
      >
        <XAxis
          dataKey="from"
          ticks={[...ticks]}
          tickFormatter={sayTick}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          tick={{ fill: "var(--ink-faint)", fontSize: 12 }}
          interval="equidistantPreserveStart"
          minTickGap={24}
          height={22}
        />
        <YAxis
          width={34}
          orientation="right"
          allowDecimals={false}
          tickLine={false}
          axisLine={false}
          tickCount={3}
          tick={{ fill: "var(--ink-faint)", fontSize: 12 }}
          tickFormatter={compact}
        />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const bar = payload?.[0]?.payload as TimelineBar | undefined;
            if (!active || !bar) return null;
            const { title, lines } = sayBar(bar);
            return (
              <div className="rounded border border-line-strong bg-surface px-3 py-2 text-12 text-ink shadow-float">
                <p className="font-[540]">{title}</p>
                {lines.map((line) => (
                  <p key={line} className="mt-0.5 text-ink-soft">
                    {line}
                  </p>
                ))}
              </div>
            );
          }}
        />
        {(["done", "refused", "failed"] as const).map((result) => (
          <Bar
            key={result}
            dataKey={result}
            stackId="all"
            fill={colours[result]}
            isAnimationActive={false}
            maxBarSize={28}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

const compact = (value: number) =>
  new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
