"use client";
import { Search } from "lucide-react";
import { useState } from "react";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox, Input } from "#components/ui/field.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { AccountChoice } from "../read-account-choices.ts";

/** Ticks accounts in a list that may be long: narrowed by words, ticked all that are shown at once. */
export function AccountPicker({
  accounts,
  chosen,
  onChange,
}: {
  accounts: readonly AccountChoice[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const [text, setText] = useState("");
  const [onlyChosen, setOnlyChosen] = useState(false);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = accounts.filter(({ id, name, externalId, environment }) => {
    const all = `${name} ${externalId} ${environment ?? ""}`.toLowerCase();
    return (!onlyChosen || chosen.has(id)) && words.every((word) => all.includes(word));
  });
  const set = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (isOn) next.add(id);
      else next.delete(id);
    }
    onChange(next);
  };
  const shownIds = shown.map(({ id }) => id);
  const areAllOn = shown.length > 0 && shownIds.every((id) => chosen.has(id));
  return (
    <div className="overflow-hidden rounded border border-line-strong bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-line p-2.5">
        <div className="relative min-w-40 flex-1">
          <Search
            aria-hidden
            strokeWidth={1.6}
            className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
          />
          <Input
            type="search"
            value={text}
            maxLength={200}
            aria-label="Search accounts to choose"
            placeholder="Name, id or environment"
            className="h-8 pl-8.5 text-13"
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              // Enter would send the form around it.
              if (event.key === "Enter") event.preventDefault();
            }}
          />
        </div>
        <Button size="sm" look="plain" disabled={shown.length === 0} onClick={() => set(shownIds, !areAllOn)}>
          {areAllOn ? "Untick" : "Tick"} {shown.length === 1 ? "the one" : `all ${shown.length}`} shown
        </Button>
      </div>
      {shown.length > 0 ? (
        <ul aria-label="Accounts" className="max-h-80 overflow-y-auto py-1">
          {shown.map((account) => (
            <li key={account.id} className="[content-visibility:auto] [contain-intrinsic-size:auto_3rem]">
              <Checkbox
                checked={chosen.has(account.id)}
                onChange={({ target }) => set([account.id], target.checked)}
                className="px-3.5 py-1.5 hover:bg-hover"
              >
                <span className="flex min-w-0 items-center gap-3">
                  <CloudBadge cloud={account.cloud} />
                  <span className="min-w-0">
                    <Untrusted text={account.name} limit={120} className="block truncate text-14" />
                    <span className="flex min-w-0 gap-2 text-12 text-ink-faint">
                      <MiddleCut text={account.externalId} className="font-mono" />
                      {account.environment ? (
                        <Untrusted text={account.environment} limit={40} className="shrink-0" />
                      ) : null}
                    </span>
                  </span>
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
      ) : (
        <p className="px-3.5 py-6 text-13 text-ink-soft">
          {accounts.length === 0
            ? "No account is connected yet."
            : onlyChosen && chosen.size === 0
              ? "None is chosen: they would see nothing."
              : "No account has these words."}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 border-t border-line px-3.5 py-1.5 text-13 text-ink-soft">
        <span role="status">
          {chosen.size.toLocaleString("en")} of {accounts.length.toLocaleString("en")} chosen
        </span>
        <Checkbox checked={onlyChosen} onChange={({ target }) => setOnlyChosen(target.checked)}>
          Show only these
        </Checkbox>
      </div>
    </div>
  );
}
