import { CopyButton } from "#components/ui/copy-button.tsx";
import type { AuditIntegrity } from "#db/audit/model.ts";

/** How to find out without believing this page. */
export function ForYourself({ checkpoint }: { checkpoint: AuditIntegrity["checkpoint"] }) {
  return (
    <section
      aria-labelledby="yourself"
      className="min-w-0 border-line px-4 pt-6 pb-8 max-[64rem]:border-t sm:px-6"
    >
      <h2 id="yourself" className="text-16">
        Find out for yourself
      </h2>
      <p className="mt-0.5 max-w-[64ch] text-13 text-pretty text-ink-soft">
        This page is Parapet speaking of itself. These don't need to believe it.
      </p>
      <dl className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4 text-13">
        <Way name="The whole trail, with its archives and anchors" command="parapet audit verify" />
        <Way
          name="An exported bundle, anywhere, with the public key alone"
          command="parapet audit verify bundle.ndjson --key trail.pub"
        />
        <Way name="The public key, to be kept elsewhere" command="parapet audit public-key" />
      </dl>
      {checkpoint ? (
        <details className="group mt-4">
          <summary className="flex h-8 list-none items-center gap-1.5 text-13 text-ink-soft hover:text-ink max-sm:h-10">
            <span
              aria-hidden
              className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
            >
              ›
            </span>
            The newest checkpoint, as it was signed
          </summary>
          <div className="relative">
            <pre className="overflow-x-auto rounded border border-line bg-inset px-3 py-2 pr-10 text-12 leading-5 break-all whitespace-pre-wrap">
              {checkpoint.note}
            </pre>
            <span className="absolute top-1 right-1">
              <CopyButton text={checkpoint.note} label="Copy the checkpoint" />
            </span>
          </div>
        </details>
      ) : null}
    </section>
  );
}

const Way = ({ name, command }: { name: string; command: string }) => (
  <div>
    <dt className="text-ink-soft">{name}</dt>
    <dd className="mt-1 flex items-center justify-between gap-2 rounded border border-line bg-inset py-0.5 pr-1 pl-3">
      <code className="min-w-0 truncate text-12">{command}</code>
      <CopyButton text={command} label={`Copy: ${name}`} />
    </dd>
  </div>
);
