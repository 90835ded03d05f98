import { ArrowLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { cloudName } from "#components/findings/service-names.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";
import { PlaybookFacts } from "../../../_propose/playbook-facts.tsx";
import { playbookHref } from "../../hrefs.ts";
import { categoryWords } from "../../playbook-words.ts";
import { RetirePlaybook } from "./retire-playbook.tsx";

export function PlaybookHead({ playbook, mayEdit }: { playbook: PlaybookView; mayEdit: boolean }) {
  const { id, title, severity, clouds, category, source, version, createdBy, createdAt, openFindings } =
    playbook;
  return (
    <header className="border-b border-line px-4 pt-5 pb-6 sm:px-6">
      <Link
        href={"/playbooks" as Route}
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Playbooks
      </Link>
      <div className="mt-1 flex flex-wrap items-end justify-between gap-x-10 gap-y-5">
        <div className="min-w-0 max-w-3xl">
          <h1 className="text-28 tracking-[-0.02em] text-pretty">
            <Untrusted text={title} limit={120} />
          </h1>
          <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-13 text-ink-soft">
            <SeverityMark severity={severity} />
            <span>{categoryWords[category]}</span>
            <span>{clouds.map(cloudName).join(", ")}</span>
            <Identifier value={id} what="the playbook's id" tail={24} />
          </div>
          <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-13 text-ink-faint">
            <PlaybookFacts playbook={playbook} />
            {source === "custom" ? (
              <span>
                Your own, version {version}
                {createdBy && createdAt ? (
                  <>
                    , saved by <Untrusted text={createdBy.name} limit={80} />{" "}
                    <Time at={createdAt} now={new Date().toISOString()} />
                  </>
                ) : null}
              </span>
            ) : (
              <span>Comes with Parapet</span>
            )}
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          {mayEdit ? (
            <>
              <LinkButton href={`${playbookHref(id)}/edit` as Route}>Edit</LinkButton>
              <RetirePlaybook id={id} version={version} />
            </>
          ) : null}
          {openFindings > 0 ? (
            <LinkButton look="primary" href={"#findings" as Route}>
              {openFindings === 1
                ? "The finding it fixes"
                : `${openFindings.toLocaleString("en")} findings to fix`}
            </LinkButton>
          ) : null}
        </div>
      </div>
    </header>
  );
}
