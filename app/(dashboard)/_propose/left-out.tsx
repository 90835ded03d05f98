import type { Route } from "next";
import Link from "next/link";
import { countOf } from "#components/remediation/plan-words.ts";
import { visibleText } from "#components/ui/visible-text.ts";
import type { LeftOut } from "./proposal.ts";

/** Which of the chosen findings stay as they are, and why. */
export function LeftOutList({ others }: { others: readonly LeftOut[] }) {
  return (
    <ul className="grid gap-1.5 text-13 text-ink-soft">
      {others.map((other) => (
        <li
          key={`${other.why}${other.title}${other.why === "under_way" ? other.planId : ""}`}
          className="text-pretty"
        >
          <span className="text-ink">{visibleText(other.title)}</span>
          {other.findings > 1 ? ` (${countOf(other.findings, "finding")})` : ""}: <Why other={other} />
        </li>
      ))}
    </ul>
  );
}

function Why({ other }: { other: LeftOut }) {
  switch (other.why) {
    case "other_playbook":
      return (
        <>
          another playbook fixes it, {other.playbooks.map((title) => `"${visibleText(title)}"`).join(" or ")}.
        </>
      );
    case "no_playbook":
      return <>no playbook fixes it yet. Its finding says how to do it by hand.</>;
    case "imported":
      return <>another tool found it, so Parapet can neither plan nor verify a fix.</>;
    case "resolved":
      return <>resolved already.</>;
    case "under_way":
      return (
        <>
          it is being fixed already.{" "}
          <Link
            href={`/remediation/${other.planId}` as Route}
            prefetch={false}
            className="text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            See that plan
          </Link>
        </>
      );
  }
}
