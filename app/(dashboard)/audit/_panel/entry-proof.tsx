"use client";
import { useQuery } from "@tanstack/react-query";
import { Download, ShieldCheck } from "lucide-react";
import { AnchorButton, Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditEntryDetail } from "#db/audit/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import type { EntryCheck } from "./entry-view.ts";
import { Section } from "./section.tsx";

/** Where the entry is in the tree, whether it is what was sealed, and the proof to take along. */
export function EntryProof({ entry, now }: { entry: AuditEntryDetail; now: string }) {
  const path = `/api/audit/entries/${encodeURIComponent(entry.id)}`;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["trail-entry-check", entry.id],
    queryFn: ({ signal }) => readJson<EntryCheck>(`${path}/check`, signal),
    enabled: false,
    staleTime: 0,
    retry: false,
  });
  const { position, batch, leaf, keyId } = entry;
  if (position === null || batch === null) {
    return (
      <Section title="Proof">
        <Notice tone="gap">
          Not sealed yet. That takes a second or two, or as long as some transaction that was open when it was
          written.
        </Notice>
      </Section>
    );
  }
  return (
    <Section title="Proof">
      <dl className="divide-y divide-line rounded border border-line text-13">
        <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-3 px-3 py-2">
          <dt className="text-ink-faint">Sealed</dt>
          <dd>
            as #{position.toLocaleString("en")}, in batch {batch.n.toLocaleString("en")},{" "}
            <Time at={batch.sealedAt} now={now > batch.sealedAt ? now : batch.sealedAt} />
          </dd>
        </div>
        {leaf ? (
          <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-3 px-3 py-1.5">
            <dt className="text-ink-faint">Leaf</dt>
            <dd className="min-w-0">
              <Identifier value={leaf} what="the leaf's hash" />
            </dd>
          </div>
        ) : null}
        <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-3 px-3 py-2">
          <dt className="text-ink-faint">Key</dt>
          <dd className={keyId ? "font-mono text-12" : undefined}>
            {keyId ?? "written before the trail had keys"}
          </dd>
        </div>
      </dl>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" disabled={isFetching} onClick={() => void refetch()}>
          <ShieldCheck aria-hidden strokeWidth={1.6} className="size-4" />
          {isFetching ? "Checking…" : "Check it now"}
        </Button>
        <AnchorButton size="sm" href={`${path}/proof`} download>
          <Download aria-hidden strokeWidth={1.6} className="size-4" />
          Download the proof
        </AnchorButton>
      </div>
      <div aria-live="polite" className="mt-3 empty:hidden">
        {error ? (
          <Notice tone="danger">{error.message}</Notice>
        ) : data && !isFetching ? (
          <Outcome check={data} now={now} />
        ) : null}
      </div>
    </Section>
  );
}

function Outcome({ check, now }: { check: EntryCheck; now: string }) {
  if (check.state === "proven") {
    return (
      <Notice>
        <span className="font-[540] text-ink">This is what was sealed.</span> Its hash leads to the root of
        the {check.size.toLocaleString("en")} entries in the checkpoint that Parapet signed
        {check.signedAt ? (
          <>
            {" "}
            <Time at={check.signedAt} now={now > check.signedAt ? now : check.signedAt} />
          </>
        ) : null}
        .
      </Notice>
    );
  }
  return <Notice tone={check.state === "wrong" ? "danger" : "gap"}>{check.says}</Notice>;
}
