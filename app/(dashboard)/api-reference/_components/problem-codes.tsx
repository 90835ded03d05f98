import { type ProblemCode, problems } from "#lib/api/problem.ts";

const codes = Object.keys(problems) as ProblemCode[];

/** What each code means; a problem's `type` leads here. */
export function ProblemCodes() {
  return (
    <section aria-labelledby="problems" className="border-t border-line py-6">
      <h2 id="problems" className="text-20 tracking-[-0.015em]">
        Problems
      </h2>
      <p className="mt-1 max-w-[70ch] text-14 text-pretty text-ink-soft">
        A request that fails is answered with{" "}
        <code className="font-mono text-13">application/problem+json</code> (RFC 9457):{" "}
        <code className="font-mono text-13">code</code> is for programs,{" "}
        <code className="font-mono text-13">detail</code> for people.
      </p>
      <dl className="mt-4">
        {codes.map((code) => (
          <div
            key={code}
            id={`problem-${code}`}
            className="grid scroll-mt-4 gap-x-6 gap-y-0.5 border-t border-line py-2.5 target:bg-accent-soft sm:grid-cols-[15rem_minmax(0,1fr)]"
          >
            <dt className="flex items-baseline gap-2.5">
              <span className="tabular-nums">{problems[code].status}</span>
              <code className="font-mono text-13">{code}</code>
            </dt>
            <dd className="text-13 text-pretty text-ink-soft">{problems[code].meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
