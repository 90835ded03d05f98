import { ExternalLink } from "lucide-react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type Tab, Tabs } from "#components/ui/tabs.tsx";
import type { Remediation } from "#lib/checks/model.ts";

/** How to mend what it finds, for any resource: a finding fills in its own names. */
export function Remedy({
  remediation: { text, url, console: steps = [], cli, terraform },
}: {
  remediation: Remediation;
}) {
  const tabs: Tab[] = [];
  if (steps.length > 0) tabs.push({ id: "console", label: "Console", content: <Steps steps={steps} /> });
  if (cli) tabs.push({ id: "cli", label: "CLI", content: <Code text={cli} what="the command" /> });
  if (terraform) {
    tabs.push({
      id: "terraform",
      label: "Terraform",
      content: <Code text={terraform} what="the Terraform" />,
    });
  }
  const fillsIn = /\{(name|uid|id|region|account)\}/.test(
    `${text}${steps.join("")}${cli ?? ""}${terraform ?? ""}`,
  );
  return (
    <div className="max-w-3xl">
      <p className="text-14 text-pretty">{text}</p>
      {tabs.length > 0 ? (
        <div className="mt-2">
          <Tabs label="Ways to fix it" tabs={tabs} />
        </div>
      ) : null}
      {fillsIn ? (
        <p className="mt-2 text-13 text-ink-faint">
          Words in braces stand for the resource's own; each finding fills them in.
        </p>
      ) : null}
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        className="mt-3 inline-flex items-center gap-1.5 text-13 text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
      >
        The provider's documentation
        <ExternalLink aria-hidden className="size-3.5" />
        <span className="sr-only">(opens in a new tab)</span>
      </a>
    </div>
  );
}

const Steps = ({ steps }: { steps: readonly string[] }) => (
  <ol className="grid gap-2 text-14">
    {steps.map((step, index) => (
      <li key={step} className="flex gap-3">
        <span aria-hidden className="w-4 shrink-0 text-right text-ink-faint">
          {index + 1}
        </span>
        <span className="text-pretty">{step}</span>
      </li>
    ))}
  </ol>
);

const Code = ({ text, what }: { text: string; what: string }) => (
  <div className="relative rounded border border-line bg-inset">
    <pre className="px-3.5 py-3 pr-11 font-mono text-12 leading-5 whitespace-pre-wrap">{text}</pre>
    <CopyButton text={text} label={`Copy ${what}`} className="absolute top-1.5 right-1.5" />
  </div>
);
