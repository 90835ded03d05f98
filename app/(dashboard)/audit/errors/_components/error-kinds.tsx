import type { Route } from "next";
import Link from "next/link";
import { ResultMark } from "#components/audit/result-mark.tsx";
import { actOf } from "#components/audit/sentence.ts";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AuditErrorKind } from "#db/audit/model.ts";
import { cell, firstCell, firstHead, head, leftHead, rowLink } from "../../_tables/table-words.ts";
import { queryOf } from "../../hrefs.ts";
import type { TrailSearch } from "../../search-params.ts";

/** One row a kind of refusal or failure, the most frequent first; it leads to the newest of them among the others. */
export function ErrorKinds({
  kinds,
  search,
  now,
}: {
  kinds: readonly AuditErrorKind[];
  search: TrailSearch;
  now: string;
}) {
  const hrefOf = ({ action, result, lastEntryId }: AuditErrorKind) => {
    const query = new URLSearchParams(queryOf(search, { action: [action], result: [result] }));
    if (lastEntryId) query.set("entry", lastEntryId);
    return `/audit?${query}` as Route;
  };
  return (
    <table className="w-full border-collapse text-13 [&_thead_th]:border-t-0">
      <caption className="sr-only">Kinds of refusals and failures, most first</caption>
      <thead>
        <tr>
          <th scope="col" className={firstHead}>
            What
          </th>
          <th scope="col" className={`${leftHead} max-md:hidden`}>
            Ended
          </th>
          <th scope="col" className={head}>
            Times
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Before
          </th>
          <th scope="col" className={`${head} pr-4 sm:pr-6`}>
            Last
          </th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr
            key={`${kind.action} ${kind.result} ${kind.reason}`}
            className="relative transition-colors duration-120 hover:bg-hover"
          >
            <th scope="row" className={`${firstCell} font-[400]`}>
              <Link href={hrefOf(kind)} prefetch={false} className={`text-14 text-pretty ${rowLink}`}>
                <Untrusted text={sayKind(kind)} limit={240} />
              </Link>
              <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-12 text-ink-faint">
                <span className="md:hidden">
                  <ResultMark result={kind.result} />
                </span>
                <span className="font-mono">{kind.action}</span>
              </p>
            </th>
            <td className="border-b border-line px-3 py-2 text-ink-soft max-md:hidden">
              <ResultMark result={kind.result} />
            </td>
            <td className={cell}>{kind.count.toLocaleString("en")}</td>
            <td className={`${cell} text-ink-faint max-sm:hidden`}>{kind.before.toLocaleString("en")}</td>
            <td className={`${cell} pr-4 text-ink-faint sm:pr-6`}>
              <Time at={kind.lastAt} now={now > kind.lastAt ? now : kind.lastAt} short />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `Was refused a sign-in: password`: what happened each time, after the name of whom it happened to. */
function sayKind({ action, result, reason }: AuditErrorKind): string {
  const kind = action.includes(".") ? action.slice(0, action.lastIndexOf(".")) : action;
  const said = actOf({
    action,
    result,
    object: { kind, id: "" },
    before: null,
    after: reason ? { reason } : null,
  });
  // Of a kind there is no one object to name.
  const sentence = said.replace(/\ba (?=[aeio])/, "an ").replace(/ +:/, ":");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
