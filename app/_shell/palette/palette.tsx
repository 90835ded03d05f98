"use client";
import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { startScanAction } from "../../(dashboard)/scans/actions.ts";
import type { Offers } from "../areas.ts";
import { signOut } from "../sign-out.ts";
import { chooseTheme } from "../theme.ts";
import { arrangeEntries, type Command, type Entry } from "./entries.ts";
import { PaletteList } from "./palette-list.tsx";
import { keepRecent, readRecent } from "./recent.ts";
import { useSearch } from "./use-search.ts";

/** Goes anywhere and does what the role may do, by a few letters. A combobox over a list, in a dialog. */
export default function Palette({ offers, onClose }: { offers: Offers; onClose: () => void }) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState<string>();
  const [recent] = useState(readRecent);
  const { found, searching } = useSearch(typed);
  const groups = arrangeEntries(typed, offers, recent, found);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => dialog.current?.showModal(), []);

  const take = async (entry: Entry) => {
    setProblem(undefined);
    if ("href" in entry) {
      keepRecent(entry);
      onClose();
      router.push(entry.href as Route);
      return;
    }
    const failure = await run(entry.command, (path) => router.push(path as Route));
    if (failure) setProblem(failure);
    else onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to !== undefined && entries.length > 0) {
      event.preventDefault();
      setAt((to + entries.length) % entries.length);
    }
    const entry = entries[chosen];
    if (event.key === "Enter" && entry) {
      event.preventDefault();
      void take(entry);
    }
  };
  return (
    <dialog
      ref={dialog}
      aria-label="Search or run a command"
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className="mx-auto mt-[max(1rem,12dvh)] mb-auto flex max-h-[min(34rem,76dvh)] w-[calc(100%-1.5rem)] max-w-xl flex-col overflow-hidden rounded border border-line-strong bg-surface p-0 text-ink shadow-float backdrop:bg-scrim open:fade-in"
    >
      <div className="flex shrink-0 items-center gap-3 border-b border-line px-4">
        <Search aria-hidden strokeWidth={1.6} className="size-4 shrink-0 text-ink-faint" />
        <input
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={entries.length > 0 ? `${listId}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder="A page, an account, a check, a resource, a finding"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-13 min-w-0 flex-1 bg-transparent text-16 outline-none"
        />
        <kbd className="rounded-sm border border-line-strong px-1.5 font-mono text-12 text-ink-faint max-sm:hidden">
          Esc
        </kbd>
      </div>
      {problem ? (
        <p role="alert" className="px-4 py-2.5 text-13 text-danger">
          {problem}
        </p>
      ) : null}
      <PaletteList
        id={listId}
        groups={groups}
        chosen={chosen}
        onPoint={setAt}
        onTake={(entry) => void take(entry)}
      />
      <p
        role="status"
        className="shrink-0 border-t border-line px-4 py-2 text-12 text-ink-faint empty:hidden"
      >
        {searching ? "Searching" : entries.length === 0 ? "Nothing has these words in it." : ""}
      </p>
    </dialog>
  );
}

/** Carries out a command; what kept it from working comes back as a sentence. */
async function run(command: Command, go: (path: string) => void): Promise<string | null> {
  if (command.name === "theme") {
    chooseTheme(command.theme);
    return null;
  }
  if (command.name === "sign_out") {
    return signOut().then(
      () => null,
      () => "Signing out did not work. You are still signed in.",
    );
  }
  const result = await startScanAction({ accountIds: [], regions: [], services: [], checks: [] });
  if (!result.ok) return result.message;
  go(`/scans/${result.value.scanId}`);
  return null;
}
