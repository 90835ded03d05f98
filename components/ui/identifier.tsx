import { CopyButton } from "./copy-button.tsx";
import { MiddleCut } from "./untrusted.tsx";

/** An id, ARN or the like: monospaced, cut in the middle, copied whole by one click. */
export function Identifier({ value, what, tail }: { value: string; what: string; tail?: number }) {
  return (
    <span className="flex min-w-0 max-w-full items-center gap-1">
      <MiddleCut text={value} {...(tail ? { tail } : {})} className="font-mono text-12" />
      <CopyButton text={value} label={`Copy ${what}`} />
    </span>
  );
}
