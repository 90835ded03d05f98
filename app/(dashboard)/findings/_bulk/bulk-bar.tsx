"use client";
import { BellOff, CalendarClock, CircleDot, ShieldCheck, UserRound, Wrench, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import type { Act } from "../_dialogs/model.ts";
import type { Abilities } from "../_state/initial.ts";
import { countOf } from "../_state/say-change.ts";

/** What can be done with what is selected; along the bottom, where a thumb reaches it. */
export function BulkBar({
  count,
  all,
  total,
  loadedAll,
  abilities,
  onAct,
  onFix,
  onAll,
  onClear,
}: {
  count: number;
  /** Whether all that match are selected, not only those that are loaded. */
  all: boolean;
  total: number;
  /** Whether everything in the list is selected, so that one may want all that match. */
  loadedAll: boolean;
  abilities: Abilities;
  onAct: (act: Act) => void;
  onFix: () => void;
  onAll: () => void;
  onClear: () => void;
}) {
  return (
    <section
      aria-label="Selected findings"
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line-strong bg-surface shadow-float fade-in max-md:bottom-[calc(3.5rem+env(safe-area-inset-bottom))] md:right-auto md:bottom-5 md:left-1/2 md:max-w-[calc(100%-2rem)] md:-translate-x-1/2 md:rounded md:border"
    >
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1 p-1.5 pl-3.5">
        <span className="mr-2 text-13 font-[540] whitespace-nowrap" aria-live="polite">
          {all ? `All ${total.toLocaleString("en")} matching` : `${count.toLocaleString("en")} selected`}
        </span>
        {!all && loadedAll && total > count ? (
          <button
            type="button"
            onClick={onAll}
            className="mr-2 h-8 rounded px-2 text-13 text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            Select all {total.toLocaleString("en")} matching
          </button>
        ) : null}
        <span className="flex flex-1 items-center max-md:order-3 max-md:basis-full max-md:justify-between">
          <Choice act="assign" word="Assign" hint="a" onAct={onAct}>
            <UserRound aria-hidden strokeWidth={1.6} className="size-4" />
          </Choice>
          <Choice act="status" word="Status" hint="e" onAct={onAct}>
            <CircleDot aria-hidden strokeWidth={1.6} className="size-4" />
          </Choice>
          <Choice act="due" word="Due" hint="d" onAct={onAct}>
            <CalendarClock aria-hidden strokeWidth={1.6} className="size-4" />
          </Choice>
          <Choice act="mute" word="Mute" hint="m" onAct={onAct}>
            <BellOff aria-hidden strokeWidth={1.6} className="size-4" />
          </Choice>
          {abilities.askRisk ? (
            <Choice act="accept" word="Accept risk" onAct={onAct}>
              <ShieldCheck aria-hidden strokeWidth={1.6} className="size-4" />
            </Choice>
          ) : null}
          {abilities.proposeFixes ? (
            <BarButton word="Fix" hint="f" title="Propose a fix (f)" onClick={onFix}>
              <Wrench aria-hidden strokeWidth={1.6} className="size-4" />
            </BarButton>
          ) : null}
        </span>
        <IconButton
          label={`Clear the selection of ${countOf(all ? total : count)}`}
          onClick={onClear}
          className="max-md:ml-auto"
        >
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
    </section>
  );
}

function Choice({
  act,
  word,
  hint,
  onAct,
  children,
}: {
  act: Act;
  word: string;
  hint?: string;
  onAct: (act: Act) => void;
  children: ReactNode;
}) {
  return (
    <BarButton word={word} hint={hint} title={hint ? `${word} (${hint})` : word} onClick={() => onAct(act)}>
      {children}
    </BarButton>
  );
}

function BarButton({
  word,
  hint,
  title,
  onClick,
  children,
}: {
  word: string;
  hint: string | undefined;
  title: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      look="plain"
      size="sm"
      onClick={onClick}
      aria-keyshortcuts={hint}
      title={title}
      className="max-md:flex-col max-md:gap-0.5 max-md:px-1.5 max-md:text-12"
    >
      {children}
      {word}
    </Button>
  );
}
