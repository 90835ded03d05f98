"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import { type ScanSelection, startScanAction } from "../actions.ts";
import type { Choice, ScanChoices } from "../scan-choices.ts";

const everything: ScanSelection = { accountIds: [], regions: [], services: [], checks: [] };
const parts = [
  ["accountIds", "Accounts", "All accounts"],
  ["services", "Services", "All services"],
  ["regions", "Regions", "Every region in use"],
  ["checks", "Checks", "All checks"],
] as const;

/** Starts a scan of everything, or of what is ticked. */
export function StartScan({ choices }: { choices: ScanChoices }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [selection, setSelection] = useState(everything);
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const toggle = (part: keyof ScanSelection, value: string) =>
    setSelection((before) => ({
      ...before,
      [part]: before[part].includes(value)
        ? before[part].filter((each) => each !== value)
        : [...before[part], value],
    }));
  const begin = () =>
    start(async () => {
      const result = await startScanAction(selection);
      if (!result.ok) return setProblem(result.message);
      setOpen(false);
      setSelection(everything);
      router.push(`/scans/${result.value.scanId}`);
    });
  const show = () => {
    setProblem(undefined);
    setOpen(true);
  };
  return (
    <>
      <Button look="primary" onClick={show}>
        Start a scan
      </Button>
      <Dialog
        wide
        open={open}
        onClose={() => setOpen(false)}
        title="Start a scan"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <Button look="primary" disabled={pending} onClick={begin}>
              {pending ? "Starting" : "Start the scan"}
            </Button>
          </>
        }
      >
        <p className="mb-4 text-14 text-pretty text-ink-soft">
          A scan only reads. Leave everything unticked to scan all there is.
        </p>
        {parts.map(([part, title, all]) => (
          <ChoiceGroup
            key={part}
            title={title}
            all={all}
            choices={choices[part]}
            chosen={selection[part]}
            onToggle={(value) => toggle(part, value)}
          />
        ))}
        {problem ? (
          <p role="alert" className="mt-4 text-14 text-danger">
            {problem}
          </p>
        ) : null}
      </Dialog>
    </>
  );
}

function ChoiceGroup({
  title,
  all,
  choices,
  chosen,
  onToggle,
}: {
  title: string;
  all: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <details className="group border-t border-line last-of-type:border-b">
      <summary className="flex min-h-11 list-none items-center gap-3 text-14">
        <span
          aria-hidden
          className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
        >
          ›
        </span>
        <span className="font-[540]">{title}</span>
        <span className="ml-auto text-13 text-ink-faint">
          {chosen.length === 0 ? all : `${chosen.length} of ${choices.length}`}
        </span>
      </summary>
      <fieldset className="grid gap-x-6 pb-3 pl-6 sm:grid-cols-2">
        <legend className="sr-only">{title}</legend>
        {choices.map(({ value, label }) => (
          <Checkbox key={value} checked={chosen.includes(value)} onChange={() => onToggle(value)}>
            <bdi>{label}</bdi>
          </Checkbox>
        ))}
      </fieldset>
    </details>
  );
}
