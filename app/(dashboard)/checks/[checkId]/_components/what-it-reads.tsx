import type { Route } from "next";
import Link from "next/link";
import type { AnyCheck } from "#lib/checks/model.ts";
import { Section } from "./section.tsx";

/** The kinds it judges and looks at, what of the provider that takes, and when it is judged anew. */
export function WhatItReads({ check }: { check: AnyCheck }) {
  return (
    <Section id="reads" title="What it reads">
      <dl className="grid gap-4 text-14">
        <div>
          <dt className="label-caps">Judges each</dt>
          <dd className="mt-1">
            <Kind kind={check.resource} />
          </dd>
        </div>
        {check.context && check.context.length > 0 ? (
          <div>
            <dt className="label-caps">By what else is there</dt>
            <dd className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
              {check.context.map((kind) => (
                <Kind key={kind} kind={kind} />
              ))}
            </dd>
          </div>
        ) : null}
        <div>
          <dt className="label-caps">Needs to be allowed</dt>
          <dd className="mt-1 grid gap-0.5">
            {check.permissions.map((permission) => (
              <code key={permission} className="font-mono text-12 text-ink-soft">
                {permission}
              </code>
            ))}
          </dd>
        </div>
        <div>
          <dt className="label-caps">Is judged anew</dt>
          <dd className="mt-1 text-13 text-pretty text-ink-soft">
            {check.dependsOnTime
              ? "At every scan, since time alone can change its answer."
              : "When a scan finds what it reads changed."}
          </dd>
        </div>
      </dl>
    </Section>
  );
}

const Kind = ({ kind }: { kind: string }) => (
  <Link
    href={`/resources?kind=${kind}` as Route}
    prefetch={false}
    className="font-mono text-12 underline decoration-line-strong underline-offset-4 hover:decoration-current"
  >
    {kind}
  </Link>
);
