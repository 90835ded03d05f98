"use client";
import { Download } from "lucide-react";
import { CopyButton } from "./copy-button.tsx";

/** Code to take along, copied or downloaded whole. It can be selected in one go and scrolled by keyboard. */
export function CodeBlock({
  text,
  what,
  fileName,
  rows,
}: {
  text: string;
  /** What it is, as in "Copy the policy". */
  what: string;
  fileName: string;
  rows: number;
}) {
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    Object.assign(document.createElement("a"), { href: url, download: fileName }).click();
    URL.revokeObjectURL(url);
  };
  return (
    <div className="overflow-hidden rounded border border-line bg-inset">
      <div className="flex items-center justify-between gap-3 border-b border-line py-1 pr-1.5 pl-3.5">
        <span className="truncate font-mono text-12 text-ink-faint">{fileName}</span>
        <span className="flex">
          <button
            type="button"
            onClick={download}
            aria-label={`Download ${what}`}
            title={`Download ${what}`}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-ink-faint transition-colors duration-120 hover:bg-hover hover:text-ink"
          >
            <Download aria-hidden className="size-3.5" />
          </button>
          <CopyButton text={text} label={`Copy ${what}`} />
        </span>
      </div>
      <textarea
        readOnly
        aria-label={what}
        value={text}
        rows={rows}
        spellCheck={false}
        className="block w-full resize-y bg-transparent px-3.5 py-3 font-mono text-12 leading-5 text-ink outline-none focus-visible:bg-surface"
      />
    </div>
  );
}
