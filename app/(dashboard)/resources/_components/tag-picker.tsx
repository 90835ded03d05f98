"use client";
import { useQuery } from "@tanstack/react-query";
import { Tag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ResourceFacetCount } from "#db/resources/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { resourcesHref, tagWord } from "../hrefs.ts";
import type { ResourceSearch } from "../search-params.ts";

/** Picks a tag: first its key, then a value or any, each with how many resources of the list have it. */
export function TagPicker({ search, query }: { search: ResourceSearch; query: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState<string>();
  const [text, setText] = useState("");
  const close = () => {
    setOpen(false);
    setKey(undefined);
    setText("");
  };
  const pick = (word: string) => {
    close();
    router.push(resourcesHref(search, { tag: [...new Set([...search.tag, word])] }), { scroll: false });
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Tag aria-hidden strokeWidth={1.6} className="size-4" />
        Tag
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={key === undefined ? "Narrow by a tag" : "Which value"}
        footer={<Button onClick={close}>Cancel</Button>}
      >
        {open ? (
          <div className="grid gap-3">
            {key === undefined ? null : (
              <div className="flex flex-wrap items-center gap-2 text-13">
                <Button
                  size="sm"
                  onClick={() => {
                    setKey(undefined);
                    setText("");
                  }}
                >
                  All keys
                </Button>
                <span className="min-w-0 font-[540]">
                  <Untrusted text={key} limit={80} />
                </span>
                <Button size="sm" className="ml-auto" onClick={() => pick(tagWord(key))}>
                  Any value
                </Button>
              </div>
            )}
            <Input
              aria-label={key === undefined ? "Part of the key" : "Part of the value"}
              placeholder={key === undefined ? "Part of the key" : "Part of the value"}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
            <Choices
              path={`/api/resources/tags?${query}${key === undefined ? "" : `&key=${encodeURIComponent(key)}`}`}
              text={text}
              onPick={(value) => {
                if (key !== undefined) return pick(tagWord(key, value));
                setKey(value);
                setText("");
              }}
            />
          </div>
        ) : null}
      </Dialog>
    </>
  );
}

function Choices({ path, text, onPick }: { path: string; text: string; onPick: (value: string) => void }) {
  const { data, error } = useQuery({
    queryKey: ["resource-tags", path],
    queryFn: ({ signal }) => readJson<ResourceFacetCount[]>(path, signal),
  });
  if (error) {
    return (
      <p role="alert" className="text-13 text-danger">
        {error.message}
      </p>
    );
  }
  if (!data) return <Skeleton className="h-40" />;
  const shown = data.filter(({ value }) => value.toLowerCase().includes(text.trim().toLowerCase()));
  if (shown.length === 0) {
    return (
      <p className="text-13 text-ink-soft">
        {data.length === 0 ? "None of these resources has a tag." : "No tag of these has that in it."}
      </p>
    );
  }
  return (
    <ul className="max-h-80 overflow-y-auto rounded border border-line">
      {shown.map(({ value, count }) => (
        <li key={value} className="border-b border-line last:border-0">
          <button
            type="button"
            onClick={() => onPick(value)}
            className="flex min-h-9 w-full items-center gap-3 px-3 text-left text-13 hover:bg-hover max-sm:min-h-10"
          >
            <span className="min-w-0 flex-1 truncate">
              {value === "" ? (
                <span className="text-ink-faint">empty</span>
              ) : (
                <Untrusted text={value} limit={120} />
              )}
            </span>
            <span className="text-ink-faint">{count.toLocaleString("en")}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
