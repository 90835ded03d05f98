import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";
import type { ParameterSpec } from "#lib/remediation/playbook.ts";
import { Section } from "./section.tsx";

/** What whoever proposes a fix by it fills in. */
export function Parameters({ specs }: { specs: PlaybookView["parameters"] }) {
  const rows = Object.entries(specs);
  if (rows.length === 0) return null;
  return (
    <Section id="parameters" title="What one fills in">
      <dl className="max-w-3xl border-t border-line">
        {rows.map(([name, spec]) => (
          <div
            key={name}
            className="grid gap-x-6 gap-y-1 border-b border-line py-3 sm:grid-cols-[minmax(0,1fr)_14rem]"
          >
            <dt className="min-w-0">
              <span className="text-14 font-[540]">
                <Untrusted text={spec.title} limit={120} />
              </span>{" "}
              <span className="font-mono text-12 text-ink-faint">{name}</span>
              <span className="mt-0.5 block text-13 text-pretty text-ink-soft">
                <Untrusted text={spec.help} limit={500} />
              </span>
            </dt>
            <dd className="min-w-0 text-13 text-ink-soft">
              <Untrusted text={sayParameter(spec)} limit={300} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function sayParameter(spec: ParameterSpec): string {
  switch (spec.type) {
    case "boolean":
      return `Yes or no; ${spec.default ? "yes" : "no"} unless changed`;
    case "choice":
      return `${spec.choices.map(({ title }) => title).join(" · ")}${begins(
        spec.choices.find(({ value }) => value === spec.default)?.title,
      )}`;
    case "list":
      return `Any number of lines${spec.maxItems ? `, at most ${spec.maxItems}` : ""}${begins(spec.default?.join(", "))}`;
    case "number":
      return `A number${sayRange(spec.min, spec.max)}${begins(spec.default)}${spec.optional ? "; may be left out" : ""}`;
    case "text":
      return `Text${begins(spec.default)}${spec.optional ? "; may be left out" : ""}`;
  }
}

const begins = (value: string | number | undefined): string =>
  value === undefined || value === "" ? "" : `; ${value} unless changed`;

function sayRange(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return `, ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? "" : `, at most ${max}`;
}
