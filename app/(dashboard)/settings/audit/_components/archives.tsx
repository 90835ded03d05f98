"use client";
import { Download } from "lucide-react";
import { useState } from "react";
import { AnchorButton, Button } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AuditArchive, AuditArchives } from "#db/audit/keeping.ts";
import { sayBytes } from "../say-bytes.ts";
import { sayStretch } from "../stretch.ts";
import { ArchiveDialog } from "./archive-dialog.tsx";

const head = "label-caps h-9 border-y border-line px-3 font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5 align-top";
const n = (count: number) => count.toLocaleString("en");
const monthName = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** The files of archived entries, newest first. */
export function Archives({
  archives: { archives, total },
  folder,
  mayAsk,
  mayTake,
  now,
}: {
  archives: AuditArchives;
  /** Where they are; null for who needn't know. */
  folder: string | null;
  mayAsk: boolean;
  mayTake: boolean;
  now: string;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <div>
      {archives.length === 0 ? (
        <p className="max-w-3xl border-y border-line py-4 text-14 text-ink-soft">
          There is none yet. The first is written once a month is older than entries are kept, or when
          somebody asks for a copy.
        </p>
      ) : (
        <>
          <p className="text-13 text-ink-soft">
            {total.files === 1 ? "1 file" : `${n(total.files)} files`} with{" "}
            {total.entries === 1 ? "1 entry" : `${n(total.entries)} entries`}, {sayBytes(total.bytes)} in all
            {archives.length < total.files ? `; the newest ${n(archives.length)} are shown` : ""}.
          </p>
          <table className="mt-3 w-full border-collapse text-14">
            <caption className="sr-only">Archives</caption>
            <thead>
              <tr>
                <th scope="col" className={`${head} pl-0 text-left`}>
                  Of
                </th>
                <th scope="col" className={`${head} text-right`}>
                  Entries
                </th>
                <th scope="col" className={`${head} text-right max-sm:hidden`}>
                  Size
                </th>
                <th scope="col" className={`${head} text-left max-md:hidden`}>
                  Written
                </th>
                <th scope="col" className={`${head} text-left max-md:hidden`}>
                  In the database
                </th>
                {mayTake ? (
                  <th scope="col" className={`${head} pr-0`}>
                    <span className="sr-only">Download</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {archives.map((archive) => (
                <ArchiveRow key={archive.id} archive={archive} mayTake={mayTake} now={now} />
              ))}
            </tbody>
          </table>
        </>
      )}
      {folder ? (
        <p className="mt-3 max-w-[68ch] text-13 text-pretty text-ink-soft">
          The worker writes them to <code className="font-mono text-12 break-all">{folder}</code>. Copy that
          folder to where your backups go: verifying the trail reads the files from there.
        </p>
      ) : null}
      {mayAsk ? (
        <Button className="mt-4" onClick={() => setAsking(true)}>
          Archive now
        </Button>
      ) : null}
      {asking ? <ArchiveDialog onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function ArchiveRow({ archive, mayTake, now }: { archive: AuditArchive; mayTake: boolean; now: string }) {
  const of = archive.month ? monthName.format(new Date(archive.month)) : "A copy";
  const part = archive.part > 1 ? `, part ${archive.part}` : "";
  return (
    <tr>
      <th scope="row" className={`${cell} pl-0 text-left font-[400]`}>
        <span className="font-[540]">
          {of}
          {part}
        </span>
        <span className="block text-13 text-ink-soft">
          {sayStretch(archive.from, new Date(Date.parse(archive.to) + 1).toISOString())}
          <span className="sm:hidden">, {sayBytes(archive.size)}</span>
        </span>
      </th>
      <td className={`${cell} text-right`}>{n(archive.entries)}</td>
      <td className={`${cell} text-right whitespace-nowrap max-sm:hidden`}>{sayBytes(archive.size)}</td>
      <td className={`${cell} text-ink-soft max-md:hidden`}>
        <Time at={archive.createdAt} now={now} />
        {archive.createdBy ? (
          <span className="block text-13">
            for <Untrusted text={archive.createdBy} limit={60} />
          </span>
        ) : null}
      </td>
      <td className={`${cell} text-ink-soft max-md:hidden`}>
        {archive.droppedAt ? (
          <>
            Left it <Time at={archive.droppedAt} now={now} />
          </>
        ) : (
          "Still there"
        )}
      </td>
      {mayTake ? (
        <td className={`${cell} pr-0 text-right`}>
          <AnchorButton
            size="sm"
            look="plain"
            href={`/api/audit/archives/${archive.id}`}
            aria-label={`Download ${of}${part}`}
          >
            <Download aria-hidden className="size-4" />
            <span className="max-sm:sr-only">Download</span>
          </AnchorButton>
        </td>
      ) : null}
    </tr>
  );
}
