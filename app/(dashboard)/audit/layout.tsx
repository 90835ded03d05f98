import type { ReactNode } from "react";
import { AuditTabs } from "./_shell/audit-tabs.tsx";
import { TrailWithheld } from "./_shell/trail-withheld.tsx";
import { readTrailScope } from "./read-trail-scope.ts";

/** What the trail is, the parts of its area, and over each of them whether it can be believed. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  const scope = await readTrailScope();
  return (
    <div className="@container/page pb-16">
      <header className="px-4 pt-6 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">Audit trail</h1>
        <p className="mt-1 max-w-[64ch] text-14 text-pretty text-ink-soft">
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
