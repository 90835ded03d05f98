"use client";
import { Upload } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Textarea } from "#components/ui/field.tsx";

const longest = 65_536;

/** The playbook as a file: typed, pasted or uploaded. */
export function TextPart({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const take = async (given: File | undefined) => {
    if (!given) return;
    if (given.size > longest) {
      setProblem(`${given.name} is too large: 64 KiB is the most. What stands here was kept.`);
      return;
    }
    setProblem(undefined);
    onChange(await given.text());
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <label htmlFor={id} className="text-13 font-[540]">
          The playbook, as YAML or JSON
        </label>
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.json"
          aria-label="A playbook's file"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = "";
          }}
        />
        <Button size="sm" onClick={() => file.current?.click()}>
          <Upload aria-hidden strokeWidth={1.6} className="size-4" />
          Upload a file
        </Button>
      </div>
      <Textarea
        id={id}
        value={text}
        rows={28}
        maxLength={longest}
        spellCheck={false}
        className="font-mono text-12 leading-5"
        onChange={({ target }) => onChange(target.value)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          if (event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          void take(event.dataTransfer.files[0]);
        }}
      />
      {problem ? (
        <p role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
