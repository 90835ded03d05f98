"use client";
import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useOptimistic, useState } from "react";
import { ResultShape, resultWords } from "#components/audit/result-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { readJson } from "../../../_shell/read-json.ts";
import { queryOf, toggled, trailHref } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";
import type { TrailChoice, TrailChoices } from "../trail-choices.ts";

type Facet = "actor" | "action" | "result";

/** Narrows by who acted, what they did, and how it ended, each with how often it is in the stretch of time. */
export function Narrow({ search }: { search: TrailSearch }) {
  const [open, setOpen] = useState(false);
  const chosen = search.actor.length + search.action.length + search.result.length;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden strokeWidth={1.6} className="size-4" />
        Filters
        {chosen > 0 ? <span className="text-ink-faint">{chosen}</span> : null}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Narrow the trail"
        footer={
          <Button look="primary" onClick={() => setOpen(false)}>
            Done
          </Button>
        }
      >
        {open ? <Facets search={search} /> : null}
      </Dialog>
    </>
  );
}

function Facets({ search }: { search: TrailSearch }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const { period, from, to } = search;
  const path = `/api/audit/choices?${queryOf({ ...search, actor: [], action: [], result: [], q: "", kind: "", object: "", correlation: "" })}`;
  const { data, error } = useQuery({
    queryKey: ["trail-choices", period, from, to],
    queryFn: ({ signal }) => readJson<TrailChoices>(path, signal),
  });
  // Shown as chosen at once, while the list behind is still being read.
  const [shown, choose] = useOptimistic(search, (before, changes: Partial<TrailSearch>) => ({
    ...before,
    ...changes,
  }));
  const toggle = (facet: Facet, value: string) =>
    startTransition(() => {
      const changes = toggled(shown, facet, value as never);
      choose(changes);
      router.replace(trailHref(shown, changes), { scroll: false });
    });
  if (error) {
    return (
      <p role="alert" className="text-13 text-danger">
        {error.message}
      </p>
    );
  }
  if (!data) return <Skeleton className="h-80" />;
  const list = (facet: "actor" | "action", choices: readonly TrailChoice[], label: string) => (
    <Searched text={text} onText={setText} label={label}>
      <Choices
        choices={fitting(choices, text)}
        chosen={shown[facet]}
        onToggle={(value) => toggle(facet, value)}
        mono={facet === "action"}
      />
    </Searched>
  );
  return (
    <Tabs
      label="Narrow by"
      tabs={[
        { id: "actor", label: "Who", content: list("actor", data.actors, "Part of a name") },
        { id: "action", label: "What", content: list("action", data.actions, "Part of an action") },
        {
          id: "result",
          label: "How it ended",
          content: (
            <Choices
              choices={data.results}
              chosen={shown.result}
              onToggle={(value) => toggle("result", value)}
              mono={false}
            />
          ),
        },
      ]}
    />
  );
}

const fitting = (choices: readonly TrailChoice[], text: string) => {
  const wanted = text.trim().toLowerCase();
  return choices.filter(({ value, label }) => `${label} ${value}`.toLowerCase().includes(wanted));
};

const Searched = ({
  text,
  onText,
  label,
  children,
}: {
  text: string;
  onText: (text: string) => void;
  label: string;
  children: ReactNode;
}) => (
  <div className="grid gap-2">
    <Input
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={({ target }) => onText(target.value)}
    />
    {children}
  </div>
);

function Choices({
  choices,
  chosen,
  onToggle,
  mono,
}: {
  choices: readonly TrailChoice[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
  mono: boolean;
}) {
  if (choices.length === 0) {
    return <p className="py-2 text-13 text-ink-soft">Nothing in this stretch of time is called that.</p>;
  }
  return (
    <ul className="h-80 overflow-y-auto rounded border border-line">
      {choices.map(({ value, label, hint, count }) => (
        <li key={value} className="border-b border-line last:border-0">
          <label className="flex min-h-9 items-center gap-3 px-3 text-13 hover:bg-hover max-sm:min-h-11">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={chosen.includes(value)}
              onChange={() => onToggle(value)}
            />
            {value === "done" || value === "refused" || value === "failed" ? (
              <ResultShape result={value} />
            ) : null}
            <span className={`min-w-0 flex-1 truncate ${mono ? "font-mono text-12" : ""}`}>
              <Untrusted
                text={value in resultWords ? resultWords[value as keyof typeof resultWords] : label}
                limit={100}
              />
              {hint ? <span className="ml-2 font-sans text-12 text-ink-faint">{hint}</span> : null}
            </span>
            <span className="text-ink-faint">{count.toLocaleString("en")}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
