import { DiffSideLines } from "#components/diff/diff-side.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import { Personal } from "./entry-facts.tsx";
import type { EntryView } from "./entry-view.ts";
import { Section } from "./section.tsx";

/** What the act changed, or what else the entry says of it. */
export function EntryChange({ view }: { view: EntryView }) {
  const { changes, values, personal, raw } = view;
  if (raw === null) return null;
  return (
    <Section title={changes ? "What changed" : "What it says"}>
      {changes && changes.length > 0 ? (
        <ul aria-label="Differences" className="overflow-hidden rounded border border-line bg-inset">
          {changes.map((line) => (
            <li key={line.id} className="border-b border-line px-3 py-2 last:border-0">
              <p className="font-mono text-12 break-all">
                <bdi>{visibleText(line.path)}</bdi>
              </p>
              {line.before ? <DiffSideLines side={line.before} sign="−" word="Before: " /> : null}
              {line.after ? <DiffSideLines side={line.after} sign="+" word="After: " /> : null}
            </li>
          ))}
        </ul>
      ) : changes ? (
        <p className="text-13 text-ink-soft">Before and after are the same.</p>
      ) : (
        <dl className="overflow-hidden rounded border border-line bg-inset">
          {values.map((value) => (
            <div
              key={value.path}
              className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 border-b border-line px-3 py-1.5 text-12 last:border-0"
            >
              <dt className="font-mono break-all text-ink-soft">
                <bdi>{visibleText(value.path)}</bdi>
              </dt>
              <dd className="min-w-0 font-mono break-words">
                <Personal value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {personal.length > 0 ? (
        <p className="mt-2 text-12 text-pretty text-ink-faint">{sayPersonal(personal)}</p>
      ) : null}
      <details className="group mt-2">
        <summary className="flex h-8 list-none items-center gap-1.5 text-13 text-ink-soft hover:text-ink max-sm:h-10">
          <span
            aria-hidden
            className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
          >
            ›
          </span>
          As it was hashed
        </summary>
        <div className="relative">
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get there
            tabIndex={0}
            className="max-h-96 overflow-auto rounded border border-line bg-inset px-3 py-2 pr-10 text-12 leading-5 whitespace-pre-wrap"
          >
            <bdi dir="ltr">{visibleLines(raw)}</bdi>
          </pre>
          <span className="absolute top-1 right-1">
            <CopyButton text={raw} label="Copy before and after" />
          </span>
        </div>
      </details>
    </Section>
  );
}

const visibleLines = (text: string) => text.split("\n").map(visibleText).join("\n");

function sayPersonal(personal: EntryView["personal"]): string {
  const erased = personal.filter(({ isErased }) => isErased).length;
  const kept =
    "Personal data isn't in the entry itself: a keyed commitment stands in its place, so that it can be erased and the proof still holds.";
  if (erased === 0) return kept;
  return `${kept} ${erased === personal.length ? "It was erased." : "Some of it was erased."}`;
}
