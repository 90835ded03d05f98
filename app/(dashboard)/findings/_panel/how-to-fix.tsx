import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type Tab, Tabs } from "#components/ui/tabs.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Filled } from "#lib/checks/fill-remediation.ts";
import type { PanelView } from "./panel-view.ts";

type Remediation = NonNullable<PanelView["check"]>["remediation"];

export function HowToFix({
  remediation: { text, url, console: steps, cli, terraform },
  way,
  onWay,
}: {
  remediation: Remediation;
  /** The way that was looked at last, also for another finding. */
  way: string;
  onWay: (way: string) => void;
}) {
  const tabs: Tab[] = [];
  if (steps.length > 0) tabs.push({ id: "console", label: "Console", content: <Steps steps={steps} /> });
  if (cli) tabs.push({ id: "cli", label: "CLI", content: <Code filled={cli} what="the command" /> });
  if (terraform)
    tabs.push({
      id: "terraform",
      label: "Terraform",
      content: <Code filled={terraform} what="the Terraform" />,
    });
  return (
    <>
      <p className="max-w-[62ch] text-14 text-pretty text-ink-soft">
        <Untrusted text={text} limit={1_000} />
      </p>
      {tabs.length > 0 ? (
        <div className="mt-2">
          <Tabs label="Ways to fix it" tabs={tabs} chosen={way} onChoose={onWay} />
        </div>
      ) : null}
      <Documentation url={url}>The provider's documentation</Documentation>
    </>
  );
}

/** A link out of Parapet. */
export const Documentation = ({ url, children }: { url: string; children: ReactNode }) => (
  <a
    href={url}
    target="_blank"
    rel="noreferrer"
    className="mt-3 inline-flex items-center gap-1.5 text-13 text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
  >
    {children}
    <ExternalLink aria-hidden className="size-3.5" />
    <span className="sr-only">(opens in a new tab)</span>
  </a>
);

const Steps = ({ steps }: { steps: readonly string[] }) => (
  <ol className="grid gap-2 text-14">
    {steps.map((step, index) => (
      <li key={step} className="flex gap-3">
        <span aria-hidden className="w-4 shrink-0 text-right text-ink-faint">
          {index + 1}
        </span>
        <span className="text-pretty">
          <Untrusted text={step} limit={500} />
        </span>
      </li>
    ))}
  </ol>
);

const words = { name: "name", uid: "full id", id: "id", region: "region", account: "account" } as const;

function Code({ filled: { text, left }, what }: { filled: Filled; what: string }) {
  return (
    <>
      <div className="relative rounded border border-line bg-inset">
        <pre className="px-3.5 py-3 pr-11 font-mono text-12 leading-5 whitespace-pre-wrap">
          <bdi dir="ltr">{text}</bdi>
        </pre>
        <CopyButton text={text} label={`Copy ${what}`} className="absolute top-1.5 right-1.5" />
      </div>
      {left.length > 0 ? (
        <p className="mt-2 text-13 text-ink-soft">
          Put in the {left.map((name) => words[name]).join(" and ")} yourself: it holds characters that can't
          be pasted safely.
        </p>
      ) : null}
    </>
  );
}
