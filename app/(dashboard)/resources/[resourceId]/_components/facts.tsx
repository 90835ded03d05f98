import Link from "next/link";
import type { ReactNode } from "react";
import { cloudName, serviceName } from "#components/findings/service-names.ts";
import { kindWord } from "#components/resources/kind-words.ts";
import { Notice } from "#components/ui/error-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ResourceDetail } from "#db/resources/model.ts";
import { emptySearch, resourcesHref, tagWord } from "../../hrefs.ts";

const link = "underline decoration-line-strong underline-offset-4 hover:decoration-current";

/** What it is, whose, where, and how fresh what is known of it is. */
export function Facts({ resource, now }: { resource: ResourceDetail; now: string }) {
  const { account, coverage, unread } = resource;
  const tags = Object.entries(resource.tags);
  const narrowed = (changes: Parameters<typeof resourcesHref>[1]) => resourcesHref(emptySearch, changes);
  return (
    <>
      <div className="mb-3 grid gap-2 empty:hidden">
        {resource.deletedAt ? (
          <Notice>
            Gone since <Time at={resource.deletedAt} now={now} />: what stands here is what it was.
          </Notice>
        ) : null}
        {account.disabledAt ? (
          <Notice>
            Its account is disabled since <Time at={account.disabledAt} now={now} />, and not read since.
          </Notice>
        ) : null}
        {unread.length > 0 ? (
          <Notice tone="gap">
            Not read: <Untrusted text={unread.join(", ")} limit={300} />. Nothing is known of it.
          </Notice>
        ) : null}
        {coverage && !coverage.complete ? (
          <Notice tone="gap">
            The last scan could not list every {kindWord(resource.kind)} there,{" "}
            <Time at={coverage.triedAt} now={now} />.
          </Notice>
        ) : null}
      </div>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 text-13">
        <Fact name="Kind">
          <Link prefetch={false} className={link} href={narrowed({ kind: [resource.kind] })}>
            {kindWord(resource.kind)}
          </Link>
        </Fact>
        <Fact name="Cloud">
          {cloudName(account.cloud)}, {serviceName(resource.service)}
        </Fact>
        <Fact name="Account">
          <Link prefetch={false} className={link} href={narrowed({ account: [account.id] })}>
            <Untrusted text={account.name} limit={100} />
          </Link>{" "}
          <span className="font-mono text-12 text-ink-faint">{account.externalId}</span>
        </Fact>
        <Fact name="Region">{resource.region}</Fact>
        <Fact name="Owner">
          {resource.owner ? (
            <Link prefetch={false} className={link} href={narrowed({ owner: [resource.owner] })}>
              <Untrusted text={resource.owner} limit={100} />
            </Link>
          ) : (
            <span className="text-ink-faint">no tag says</span>
          )}
        </Fact>
        <Fact name="Last read">
          {coverage?.readAt ? (
            <Time at={coverage.readAt} now={now} />
          ) : (
            <span className="text-ink-faint">not read whole yet</span>
          )}
        </Fact>
        <Fact name="Changed">
          <Time at={resource.changedAt} now={now} />
        </Fact>
        <Fact name="First seen">
          <Time at={resource.firstSeenAt} now={now} />
        </Fact>
      </dl>
      {tags.length > 0 ? (
        <ul aria-label="Tags" className="mt-3 flex flex-wrap gap-1.5">
          {tags.slice(0, 60).map(([key, value]) => (
            <li key={key} className="max-w-full">
              <Link
                prefetch={false}
                href={narrowed({ tag: [tagWord(key, value)] })}
                className="inline-block max-w-full rounded-sm border border-line bg-inset px-1.5 py-0.5 text-12 hover:border-edge"
              >
                <Untrusted text={key} limit={80} className="text-ink-faint" />{" "}
                <Untrusted text={value} limit={120} />
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-3 text-13 text-ink-faint">No tags.</p>
      )}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="py-1 text-ink-faint">{name}</dt>
    <dd className="min-w-0 py-1">{children}</dd>
  </>
);
