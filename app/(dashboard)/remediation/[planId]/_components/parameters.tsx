import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanDetail } from "#db/remediation/model.ts";
import type { Json } from "#lib/remediation/model.ts";

/** What whoever asked filled in. */
export function Parameters({ plan: { parameters } }: { plan: Pick<PlanDetail, "parameters"> }) {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return null;
  return (
    <div className="grid min-w-0 gap-0.5">
      <dt className="text-13 text-ink-faint">Filled in</dt>
      <dd className="min-w-0">
        <ul className="grid gap-1">
          {entries.map(([name, value]) => (
            <li key={name} className="grid font-mono text-12">
              <span className="text-ink-soft">
                <Untrusted text={name} limit={80} />
              </span>
              <Untrusted text={sayValue(value)} limit={400} />
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

function sayValue(value: Json): string {
  if (value === null || value === "") return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(sayValue).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
