import { CopyButton } from "#components/ui/copy-button.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { PlannedCall } from "#lib/remediation/model.ts";
import { stateText } from "./changes.ts";

const longest = 8_000;
const cut = (text: string) =>
  text.length > longest ? `${text.slice(0, longest)}… ${text.length.toLocaleString("en")} characters` : text;

/** As `visibleText`, but lines stay lines. */
const visibleLines = (text: string): string =>
  cut(text)
    .split("\n")
    .map((line) => visibleText(line))
    .join("\n");

/** The calls that are made, to the letter, each with the command that would do the same. */
export function CallList({
  calls,
  commands,
  label,
}: {
  calls: readonly PlannedCall[];
  /** One per call, in their order. */
  commands: readonly string[];
  label: string;
}) {
  return (
    <ol aria-label={label} className="grid gap-3">
      {calls.map((call, at) => (
        <li key={call.id} className="overflow-hidden rounded border border-line bg-inset">
          <p className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-3 py-1.5 text-12">
            <bdi className="font-mono font-[540] break-words">{visibleText(call.api)}</bdi>
            {call.region ? <span className="text-ink-faint">in {visibleText(call.region)}</span> : null}
          </p>
          <Text text={stateText(call.input)} />
          {commands[at] ? (
            <div className="flex items-start gap-1 border-t border-line bg-surface py-0.5 pr-1 pl-3">
              <span aria-hidden className="py-1.5 font-mono text-12 text-ink-faint select-none">
                $
              </span>
              <span className="sr-only">The same by command: </span>
              <code className="min-w-0 flex-1 py-1.5 pl-1 text-12 leading-4 break-words whitespace-pre-wrap">
                {visibleLines(commands[at] ?? "")}
              </code>
              <CopyButton text={commands[at] ?? ""} label="Copy the command" className="max-sm:size-10" />
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Text({ text }: { text: string }) {
  return (
    <bdi
      dir="ltr"
      className="block max-h-80 overflow-y-auto px-3 py-1.5 font-mono text-12 leading-5 break-words whitespace-pre-wrap text-ink-soft"
    >
      {visibleLines(text)}
    </bdi>
  );
}
