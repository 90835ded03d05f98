"use client";
import { useMemo, useState } from "react";
import { visibleText } from "#components/ui/visible-text.ts";
import type { Json } from "#lib/remediation/model.ts";
import { stateText } from "./changes.ts";
import { DiffRows } from "./diff-rows.tsx";
import { diffLines } from "./line-diff.ts";
import { useWide } from "./use-wide.ts";

/** Two states of a resource whole, line by line: beside each other where there is room, else one beneath the other. */
export function Images({
  before,
  after,
  of,
  names = ["Before", "After"],
}: {
  /** Whose states they are, to tell them from others on the page. */
  of: string;
  before: Json;
  after: Json;
  names?: readonly [string, string];
}) {
  const [chosen, setChosen] = useState<"split" | "unified">();
  const wide = useWide();
  const layout = wide ? (chosen ?? "split") : "unified";
  const lines = useMemo(() => diffLines(stateText(before), stateText(after)), [before, after]);
  return (
    <section aria-label={`Before and after: ${of}`} className="min-w-0">
      <fieldset className="mb-1.5 flex justify-end gap-1 max-lg:hidden">
        <legend className="sr-only">How the two are shown</legend>
        {(["split", "unified"] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={layout === each}
            onClick={() => setChosen(each)}
            className="h-7 rounded-sm px-2 text-12 text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink aria-pressed:bg-selected aria-pressed:font-[540] aria-pressed:text-ink"
          >
            {each === "split" ? "Side by side" : "Unified"}
          </button>
        ))}
      </fieldset>
      <DiffRows lines={lines} layout={layout} names={names} />
    </section>
  );
}

/** One state of a resource whole. */
export function StateText({ value }: { value: Json }) {
  return (
    <bdi
      dir="ltr"
      className="block overflow-hidden rounded border border-line bg-inset px-3 py-1.5 font-mono text-12 leading-5 break-words whitespace-pre-wrap text-ink-soft"
    >
      {stateText(value)
        .split("\n")
        .map((line) => visibleText(line.slice(0, 4_000)))
        .join("\n")}
    </bdi>
  );
}
