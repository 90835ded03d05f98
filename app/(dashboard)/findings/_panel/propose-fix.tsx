"use client";
import { Wrench } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { canBeProposed } from "../../_propose/under-way.ts";
import { useWorkbench } from "../_state/context.ts";
import type { PanelView } from "./panel-view.ts";

/** The way to have Parapet fix it, for those who may propose that, as long as no plan is about it already. */
export function ProposeFix({ view }: { view: PanelView }) {
  const { abilities, propose } = useWorkbench();
  const [first, ...others] = view.playbooks;
  const offered =
    abilities.proposeFixes &&
    view.status === "open" &&
    view.resource.deletedAt === null &&
    canBeProposed(view.fix?.state);
  if (!first || !offered) return null;
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2.5 rounded border border-line-strong px-3.5 py-3">
      <p className="min-w-0 flex-1 basis-48 text-13 text-pretty text-ink-soft">
        {others.length === 0 ? (
          <>
            Parapet can do it by the playbook{" "}
            <Link
              href={`/playbooks/${first.id}` as Route}
              prefetch={false}
              className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              <Untrusted text={first.title} limit={120} />
            </Link>
            , once somebody else has approved the plan.
          </>
        ) : (
          `Parapet can do it by one of ${others.length + 1} playbooks, once somebody else has approved the plan.`
        )}
      </p>
      <Button
        look="primary"
        size="sm"
        aria-keyshortcuts="f"
        title="Propose a fix (f)"
        onClick={() => propose(view.id)}
      >
        <Wrench aria-hidden strokeWidth={1.6} className="size-4" />
        Propose a fix
      </Button>
    </div>
  );
}
