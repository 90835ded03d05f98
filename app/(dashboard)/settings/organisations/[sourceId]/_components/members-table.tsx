"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/field.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { MemberView } from "#db/accounts/source-queries.ts";
import { connectMembersAction } from "../../actions.ts";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5";

/** Rows shown at once; the rest is found by narrowing the list. */
const shownAtOnce = 200;
/** As many as are connected in one go. */
const pickedAtOnce = 500;

const isOpen = ({ account, state }: MemberView) => account === null && state === "active";
const matches = ({ name, externalId }: MemberView, words: readonly string[]) => {
  const text = `${name} ${externalId}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** Members to pick from come first; those picked are connected together and scanned. */
export function MembersTable({
  sourceId,
  members,
  mayManage,
  now,
}: {
  sourceId: string;
  members: readonly MemberView[];
  mayManage: boolean;
  now: string;
}) {
  const router = useRouter();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const [query, setQuery] = useState("");
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = members.filter((member) => matches(member, words));
  const shown = matching.slice(0, shownAtOnce);
  const open = matching.filter(isOpen).slice(0, pickedAtOnce);
  const chosen = members.filter((member) => isOpen(member) && picked.has(member.externalId));
  const isAllPicked = open.length > 0 && open.every(({ externalId }) => picked.has(externalId));
  const toggle = (externalId: string) =>
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(externalId)) next.add(externalId);
      return next;
    });
  const connect = () =>
    start(async () => {
      const answer = await connectMembersAction(
        sourceId,
        chosen.map(({ externalId }) => externalId),
      );
      if (answer.ok) router.push(`/scans/${answer.value.scanId}`);
      else setProblem(answer.message);
    });
  if (members.length === 0) {
    return (
      <p className="border-t border-line px-4 pt-6 text-14 text-ink-soft sm:px-6">
        No member is known yet. They are listed here once the organisation has been looked into.
      </p>
    );
  }
  return (
    <section aria-label="Members" className="@container">
      {members.length > 20 ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-3 sm:px-6">
          <Input
            type="search"
            aria-label="Search members"
            placeholder="Name or id"
            value={query}
            maxLength={200}
            className="w-64 text-13 max-sm:w-full"
            onChange={({ target }) => setQuery(target.value)}
          />
          <span className="text-13 text-ink-faint" role="status">
            {sayShown(shown.length, matching.length, members.length)}
          </span>
        </div>
      ) : null}
      <table className="w-full table-fixed border-collapse text-13">
        <caption className="sr-only">Members of the organisation</caption>
        <thead>
          <tr>
            {mayManage ? (
              <th scope="col" className={`${head} w-12 pr-0 pl-4 sm:w-14 sm:pl-6`}>
                {open.length > 0 ? (
                  <input
                    type="checkbox"
                    className="block size-4 accent-accent"
                    aria-label={
                      words.length > 0
                        ? "Pick all of these that are not connected"
                        : "Pick all that are not connected"
                    }
                    checked={isAllPicked}
                    ref={(box) => {
                      if (box) box.indeterminate = chosen.length > 0 && !isAllPicked;
                    }}
                    onChange={() =>
                      setPicked(isAllPicked ? new Set() : new Set(open.map(({ externalId }) => externalId)))
                    }
                  />
                ) : (
                  <span className="sr-only">Pick</span>
                )}
              </th>
            ) : null}
            <th scope="col" className={`${head} ${mayManage ? "" : "pl-4 sm:pl-6"}`}>
              Member
            </th>
            <th scope="col" className={`${head} hidden w-36 @2xl:table-cell`}>
              First seen
            </th>
            <th scope="col" className={`${head} w-40 pr-4 sm:w-52 sm:pr-6`}>
              Here
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((member) => (
            <tr key={member.externalId} className="transition-colors duration-120 hover:bg-hover">
              {mayManage ? (
                <td className={`${cell} pr-0 pl-4 sm:pl-6`}>
                  {isOpen(member) ? (
                    <input
                      type="checkbox"
                      className="block size-4 accent-accent"
                      aria-label={`Pick ${member.name}`}
                      checked={picked.has(member.externalId)}
                      onChange={() => toggle(member.externalId)}
                    />
                  ) : null}
                </td>
              ) : null}
              <td className={`${cell} ${mayManage ? "" : "pl-4 sm:pl-6"}`}>
                <div className="truncate text-14">
                  <Untrusted text={member.name} limit={120} />
                </div>
                <div className="flex min-w-0 text-12 text-ink-faint">
                  {member.level === "directory" ? <span className="shrink-0 pr-1.5">Directory</span> : null}
                  <MiddleCut text={member.externalId} className="font-mono" />
                </div>
              </td>
              <td className={`${cell} hidden text-ink-soft @2xl:table-cell`}>
                <Time at={member.firstSeenAt} now={now} />
              </td>
              <td className={`${cell} pr-4 sm:pr-6`}>
                <Standing member={member} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayManage && chosen.length > 0 ? (
        <div className="sticky bottom-0 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line-strong bg-surface px-4 py-3 max-md:bottom-14 sm:px-6">
          <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : connect}>
            {pending
              ? "Connecting…"
              : chosen.length === 1
                ? "Connect it and scan"
                : `Connect ${chosen.length} and scan`}
          </Button>
          <Button look="plain" onClick={() => setPicked(new Set())}>
            Pick none
          </Button>
          {problem ? (
            <p role="alert" className="text-13 text-danger">
              {problem}
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function sayShown(shown: number, matching: number, all: number): string {
  const number = (count: number) => count.toLocaleString("en");
  if (shown < matching) return `${number(shown)} of ${number(matching)} shown; narrow them to see the others`;
  return matching < all ? `${number(matching)} of ${number(all)}` : `${number(all)} members`;
}

function Standing({ member: { account, state, stateSince }, now }: { member: MemberView; now: string }) {
  return (
    <div className="grid gap-0.5">
      {account ? (
        <Link
          href={`/settings/accounts/${account.id}`}
          prefetch={false}
          className="truncate underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          <Untrusted text={account.disabled ? "Disabled" : "Connected"} />
          <span className="sr-only"> as {account.name}</span>
        </Link>
      ) : state === "active" ? (
        <span className="text-ink-faint">Not connected</span>
      ) : null}
      {state === "active" ? null : (
        <span className="text-12 text-ink-soft">
          {state === "gone" ? "Gone" : "Suspended"} <Time at={stateSince} now={now} />
        </span>
      )}
    </div>
  );
}
