"use client";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cx } from "#components/ui/class-names.ts";
import { Notice } from "#components/ui/error-state.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { cutText, visibleText } from "#components/ui/visible-text.ts";
import type { ImportFormat } from "#db/imports/schema.ts";
import { fileSize, formatWords } from "../say-import.ts";
import { useUpload } from "./use-upload.ts";

const formats = Object.keys(formatWords) as ImportFormat[];

/** Takes a report by drag and drop or by choosing it, shows how far it has come, and leads to what it came to. */
export function UploadReport({
  accounts,
}: {
  accounts: readonly { id: string; name: string; externalId: string }[];
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [format, setFormat] = useState("");
  const [accountId, setAccountId] = useState("");
  const { upload, start, cancel } = useUpload((importId) => router.push(`/imports/${importId}`));
  const isBusy = upload.state === "sending";
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file && !isBusy) start(file, { format, accountId });
    if (input.current) input.current.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section aria-labelledby="upload" className="grid gap-4 lg:grid-cols-[1fr_18rem]">
      <h2 id="upload" className="sr-only">
        Import a report
      </h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the button does. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          "grid min-h-44 content-center justify-items-center gap-3 rounded border border-dashed px-4 py-6 text-center transition-colors duration-120",
          isOver ? "border-accent bg-selected" : "border-edge bg-surface",
        )}
      >
        <input
          ref={input}
          type="file"
          aria-label="Report to import"
          className="sr-only"
          tabIndex={-1}
          accept=".json,.csv,.sarif,.gz,.asff,.ocsf"
          onChange={(event) => take(event.target.files)}
        />
        {upload.state === "sending" ? (
          <Sending name={upload.name} sent={upload.sent} size={upload.size} onCancel={cancel} />
        ) : (
          <>
            <FileUp aria-hidden strokeWidth={1.4} className="size-6 text-ink-faint" />
            <p className="text-14 text-ink-soft max-sm:hidden">Drop a report here, as it is or gzip'd</p>
            <Button look="primary" onClick={() => input.current?.click()}>
              Choose a file
            </Button>
          </>
        )}
      </div>
      <div className="grid content-start gap-4">
        <Field label="Format" htmlFor="format" hint="Its content tells; say so only when it doesn't.">
          <Select
            id="format"
            value={format}
            disabled={isBusy}
            onChange={(event) => setFormat(event.target.value)}
          >
            <option value="">Told by the content</option>
            {formats.map((each) => (
              <option key={each} value={each}>
                {formatWords[each]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Account" htmlFor="account" hint="SARIF names none, so it has to be chosen for it.">
          <Select
            id="account"
            value={accountId}
            disabled={isBusy}
            onChange={(event) => setAccountId(event.target.value)}
          >
            <option value="">Named in the report</option>
            {accounts.map(({ id, name, externalId }) => (
              <option key={id} value={id}>
                {visibleText(cutText(`${name} (${externalId})`, 80).text)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {upload.state === "failed" ? (
        <div role="alert" className="lg:col-span-2">
          <Notice tone="danger">
            <Untrusted text={upload.problem} limit={600} />
          </Notice>
        </div>
      ) : null}
    </section>
  );
}

function Sending({
  name,
  sent,
  size,
  onCancel,
}: {
  name: string;
  sent: number;
  size: number;
  onCancel: () => void;
}) {
  const share = size > 0 ? Math.min(1, sent / size) : 0;
  return (
    <div className="grid w-full max-w-md justify-items-center gap-3">
      <p className="max-w-full truncate text-14">
        <Untrusted text={name} limit={120} />
      </p>
      <progress
        aria-label="Uploaded"
        value={share}
        max={1}
        className="h-2 w-full appearance-none overflow-hidden rounded-sm bg-inset [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-inset [&::-webkit-progress-value]:bg-accent"
      />
      <p className="text-13 text-ink-soft">
        {share < 1 ? `${fileSize(sent)} of ${fileSize(size)}` : "Looking at what it is…"}
      </p>
      <Button size="sm" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
