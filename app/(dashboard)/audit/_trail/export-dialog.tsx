"use client";
import { Download } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import { hasFilters, periodWords, queryOf } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";
import { type ExportFormat, takeExport } from "./take-export.ts";

const formats = [
  {
    value: "json",
    title: "With its proof (JSON)",
    text: "Whoever has the file and the public key can verify every entry in it, offline.",
  },
  { value: "csv", title: "As a table (CSV)", text: "For a spreadsheet. It proves nothing." },
] as const;

/** Takes along all that is listed. That it was taken is an entry itself. */
export function ExportDialog({ search }: { search: TrailSearch }) {
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>("json");
  const [personal, setPersonal] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const close = () => {
    setOpen(false);
    setProblem(undefined);
  };
  const take = () =>
    start(async () => {
      const failure = await takeExport({ format, personal, query: queryOf(search) });
      if (failure === undefined) close();
      else setProblem(failure);
    });
  return (
    <>
      <Button size="sm" className="ml-auto" onClick={() => setOpen(true)}>
        <Download aria-hidden strokeWidth={1.6} className="size-4" />
        Export
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title="Export the trail"
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button look="primary" disabled={pending} onClick={take}>
              {pending ? "Exporting…" : "Export"}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <p className="text-14 text-pretty text-ink-soft">{saySelection(search)}</p>
          <ChoiceCards legend="Format" name="format" choices={formats} chosen={format} onChoose={setFormat} />
          <Checkbox checked={personal} onChange={({ target }) => setPersonal(target.checked)}>
            Tell personal data too: names, e-mail and IP addresses
          </Checkbox>
          {problem ? <Notice tone="danger">{problem}</Notice> : null}
        </div>
      </Dialog>
    </>
  );
}

function saySelection(search: TrailSearch): string {
  const narrowed = hasFilters(search) ? " that fit the filters" : "";
  const when = search.correlation
    ? ""
    : search.period === "custom"
      ? " of the stretch of time chosen"
      : ` of ${periodWords[search.period].long.toLowerCase()}`;
  return `All entries${when}${narrowed} are taken along, also those that aren't shown yet. That you took them is recorded.`;
}
