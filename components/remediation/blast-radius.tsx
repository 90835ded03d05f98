import type { Route } from "next";
import Link from "next/link";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { kindWord } from "#components/resources/kind-words.ts";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { BlastRadius } from "#db/remediation/model.ts";
import { countOf } from "./plan-words.ts";

/** The accounts that a plan reaches into, with how many resources of each. */
export function ReachedAccounts({
  accounts,
  most = 20,
}: {
  accounts: BlastRadius["accounts"];
  most?: number;
}) {
  const rest = accounts.length - most;
  return (
    <ul className="grid gap-1.5">
      {accounts.slice(0, most).map(({ id, name, cloud, environment, resources }) => (
        <li key={id} className="flex min-w-0 items-center gap-2.5">
          <CloudBadge cloud={cloud} />
          <span className="min-w-0 truncate">
            <Untrusted text={name} limit={100} />
            {environment ? (
              <span className="text-ink-faint">
                {" "}
                (<Untrusted text={environment} limit={40} />)
              </span>
            ) : null}
          </span>
          {accounts.length > 1 ? <span className="ml-auto text-13 text-ink-faint">{resources}</span> : null}
        </li>
      ))}
      {rest > 0 ? <li className="text-13 text-ink-faint">and {countOf(rest, "other account")}</li> : null}
    </ul>
  );
}

/** What names the plan's resources in its own configuration, and so may notice. */
export function Dependents({ radius: { dependents, dependentSamples } }: { radius: BlastRadius }) {
  const rest = dependents - dependentSamples.length;
  return (
    <ul aria-label="What depends on these" className="grid">
      {dependentSamples.map(({ id, kind, name }) => (
        <li key={id}>
          <Link
            href={`/resources/${id}` as Route}
            prefetch={false}
            className="grid rounded-sm py-1.5 hover:bg-hover max-sm:min-h-11"
          >
            <MiddleCut text={name || id} className="text-13" />
            <span className="text-12 text-ink-faint">{kindWord(kind)}</span>
          </Link>
        </li>
      ))}
      {rest > 0 ? (
        <li className="py-1.5 text-13 text-ink-faint">and {countOf(rest, "other", "others")}</li>
      ) : null}
    </ul>
  );
}

export function TagList({ tags, of }: { tags: BlastRadius["tags"]; of: number }) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {tags.map(({ tag, resources }) => (
        <li
          key={tag}
          className="inline-flex max-w-full items-center gap-1.5 rounded-sm border border-line-strong px-1.5 text-12 text-ink-soft"
        >
          <span className="min-w-0 truncate">
            <Untrusted text={tag} limit={80} />
          </span>
          {of > 1 ? <span className="text-ink-faint">{resources}</span> : null}
        </li>
      ))}
    </ul>
  );
}
