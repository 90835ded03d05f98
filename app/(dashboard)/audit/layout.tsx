import { type ReactNode, Suspense } from "react";
import { AuditTabs } from "./_shell/audit-tabs.tsx";
import { IntegrityPart, IntegritySkeleton } from "./_shell/integrity-part.tsx";
import { TrailWithheld } from "./_shell/trail-withheld.tsx";
import { readTrailScope } from "./read-trail-scope.ts";

/** What the trail is, the parts of its area, and over each of them whether it can be believed. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  const scope = await readTrailScope();
  return (
    <div className="@container/page pb-16">
      <header className="px-4 pt-6 sm:px-6">
        {/* On the left, where no panel beside the page ever covers it. */}
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <h1 className="text-28 tracking-[-0.02em]">Audit trail</h1>
          {scope ? (
            <Suspense fallback={<IntegritySkeleton />}>
              <IntegrityPart scope={scope} />
            </Suspense>
          ) : null}
        </div>
        <p className="mt-1 max-w-[78ch] text-14 text-pretty text-ink-soft">
          Who did what, when and from where. Nothing here can be changed or taken away without it showing.
        </p>
      </header>
      {scope ? (
        <>
          <AuditTabs />
          {children}
        </>
      ) : (
        <TrailWithheld />
      )}
    </div>
  );
}
