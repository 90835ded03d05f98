import type { ReactNode } from "react";
import { Identifier } from "#components/ui/identifier.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";

export type FactRow = { name: string; value: ReactNode };

/** Names and values beneath one another. */
export function Facts({ rows }: { rows: readonly FactRow[] }) {
  return (
    <dl className="border-t border-line text-13">
      {rows.map(({ name, value }) => (
        <div
          key={name}
          className="grid min-h-9 grid-cols-[8.5rem_minmax(0,1fr)] items-center gap-3 border-b border-line py-1.5"
        >
          <dt className="text-ink-faint">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value that is an id, an address or the like; prose and short words stand as they are. */
export const FactValue = ({ value, what }: { value: string; what: string }) =>
  value.length > 18 && !value.includes(" ") ? (
    <Identifier value={value} what={what} tail={18} />
  ) : (
    <Untrusted text={value} limit={300} />
  );
