"use client";
import { ChevronRight } from "lucide-react";
import { SeverityBar } from "#components/findings/severity-bar.tsx";
import { cx } from "#components/ui/class-names.ts";
import { SeverityShape } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { severities } from "#lib/checks/model.ts";
import { followInPlace } from "../_state/search.ts";
import type { GroupChoice } from "../choices.ts";
import type { LabelledGroup } from "../read-findings.ts";
import { type Place, PlacedRow } from "./placed-row.tsx";

const many = (count: number, word: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? word : `${word}s`}`;

/** Findings alike: how many and how grave. It unfolds in place, or opens as a list of its own. */
export function GroupRow({
  group,
  by,
  open,
  href,
  onToggle,
  onList,
  ...place
}: Place & {
  group: LabelledGroup;
  by: GroupChoice;
  open: boolean;
  href: string;
  onToggle: () => void;
  onList: () => void;
}) {
  const worst = severities.find((severity) => group.severities[severity] > 0);
  return (
    <PlacedRow {...place}>
      <td
        className={cx(
          "group/row relative flex h-full w-full items-center gap-3 border-b border-line pr-4 pl-4 text-13 transition-colors duration-120 hover:bg-hover sm:pr-6",
          open && "bg-inset",
        )}
      >
        <ChevronRight
          aria-hidden
          className={cx(
            "size-4 shrink-0 text-ink-faint transition-transform duration-120",
            open && "rotate-90",
          )}
        />
        {worst ? <SeverityShape severity={worst} /> : null}
        <span className="min-w-0 flex-1">
          <button
            id={`group:${group.key}`}
            type="button"
            aria-expanded={open}
            onClick={onToggle}
            className="block max-w-full truncate text-left text-14 font-[500] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
          >
            {group.label ? <Untrusted text={group.label} limit={200} /> : "No owner"}
          </button>
          <span className="mt-0.5 flex min-w-0 gap-1.5 truncate text-12 text-ink-faint">
            {group.resource ? (
              <span className="truncate">
                <span className="font-mono">{group.resource.kind}</span> ·{" "}
                <Untrusted text={group.resource.accountName} limit={60} />
              </span>
            ) : by === "check" && group.label !== group.key ? (
              <span className="truncate font-mono">
                <Untrusted text={group.key} limit={120} />
              </span>
            ) : null}
            {group.resources === null || by === "resource" ? null : (
              <span className="whitespace-nowrap">{many(group.resources, "resource")}</span>
            )}
          </span>
        </span>
        <span className="w-40 shrink-0 max-sm:hidden @max-[44rem]/list:hidden">
          <SeverityBar counts={group.severities} />
        </span>
        <a
          href={href}
          onClick={followInPlace(onList)}
          title="Show these alone, as a list"
          className="relative z-1 -my-2 w-24 shrink-0 rounded py-2 text-right font-[540] tabular-nums underline decoration-transparent underline-offset-4 hover:decoration-current"
        >
          {group.findings.toLocaleString("en")}
          <span className="sr-only"> findings, show these alone</span>
        </a>
      </td>
    </PlacedRow>
  );
}
