import { Untrusted } from "./untrusted.tsx";

/** As Untrusted, for what people write in several lines: each stands on its own, the empty ones as gaps. */
export function UntrustedLines({ text, limit = 2_000 }: { text: string; limit?: number }) {
  const lines = Array.from(text).slice(0, limit).join("").split(/\r?\n/);
  const cut = Array.from(text).length - limit;
  return (
    <>
      {lines.map((line, at) => {
        // A line has no identity but its place, which never changes.
        const key = `${at}`;
        return (
          <span key={key} className="block min-h-[1lh]">
            <Untrusted text={line} limit={limit} />
          </span>
        );
      })}
      {cut > 0 ? <span className="text-ink-faint">… {cut.toLocaleString("en")} characters</span> : null}
    </>
  );
}
