import Link from "next/link";
import { cloudName } from "#components/findings/service-names.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";
import { PlaybookFacts } from "../../_propose/playbook-facts.tsx";
import { playbookHref } from "../hrefs.ts";

/** One playbook: what it does, what one weighs it by, how much it could fix now. */
export function PlaybookRow({ playbook }: { playbook: PlaybookView }) {
  const { id, title, description, severity, clouds, fixes, openFindings, source } = playbook;
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3.5 transition-colors duration-120 last:border-b-0 hover:bg-hover sm:grid-cols-[6rem_minmax(0,1fr)_9rem] sm:px-6">
      <span className="pt-0.5 sm:hidden">
        <SeverityMark severity={severity} terse />
      </span>
      <span className="pt-0.5 max-sm:hidden">
        <SeverityMark severity={severity} />
      </span>
      <div className="min-w-0">
        <Link
          href={playbookHref(id)}
          prefetch={false}
          className="text-14 font-[540] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
        >
          <Untrusted text={title} limit={120} />
        </Link>
        <p className="mt-0.5 line-clamp-2 max-w-[84ch] text-13 text-pretty text-ink-soft">
          <Untrusted text={description} limit={400} />
        </p>
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-12 text-ink-faint">
          <PlaybookFacts playbook={playbook} />
          <span className="font-mono">{id}</span>
          <span>{clouds.map(cloudName).join(", ")}</span>
          {source === "custom" ? <span>Your own, version {playbook.version}</span> : null}
        </div>
      </div>
      <p className="text-13 text-ink-soft max-sm:col-start-2 sm:text-right">
        {openFindings > 0 ? (
          <>
            <span className="font-[560] text-ink">{openFindings.toLocaleString("en")}</span> to fix
          </>
        ) : (
          <span className="text-ink-faint">nothing to fix</span>
        )}
        <span className="text-ink-faint max-sm:before:content-[',_'] sm:block">
          {fixes.length === 1 ? "1 check" : `${fixes.length} checks`}
        </span>
      </p>
    </li>
  );
}
