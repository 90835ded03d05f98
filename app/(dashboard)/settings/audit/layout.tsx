import type { ReactNode } from "react";
import { Toaster } from "#components/ui/toaster.tsx";
import { TrailWithheld } from "../../audit/_shell/trail-withheld.tsx";
import { readTrailScope } from "../../audit/read-trail-scope.ts";
import { AuditSettingsTabs } from "./_components/audit-settings-tabs.tsx";

/** How long the trail is kept, and whom it is sent to: for those who may read it. */
export default async function AuditSettingsLayout({ children }: { children: ReactNode }) {
  const scope = await readTrailScope();
  return (
    <div className="max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <h1 className="text-28 tracking-[-0.02em]">Audit trail</h1>
      <p className="mt-1 max-w-[68ch] text-14 text-pretty text-ink-soft">
        How long the record of who did what is kept, where it is sent, and who is told when much goes wrong.
        {scope && !scope.can("audit:manage") ? " Administrators decide on it." : ""}
      </p>
      {scope ? (
        <>
          <AuditSettingsTabs />
          {children}
          <Toaster />
        </>
      ) : (
        <TrailWithheld />
      )}
    </div>
  );
}
