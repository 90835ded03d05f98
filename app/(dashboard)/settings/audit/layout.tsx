import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireScope } from "#lib/auth/session.ts";
import { AuditSettingsTabs } from "./_components/audit-settings-tabs.tsx";

/** How long the trail is kept, and whom it is sent to: for those who may read it. */
export default async function AuditSettingsLayout({ children }: { children: ReactNode }) {
  const scope = await requireScope();
  const may = scope.can("audit:read") && scope.accountIds === null;
  return (
    <div className="max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <h1 className="text-28 tracking-[-0.02em]">Audit trail</h1>
      <p className="mt-1 max-w-[68ch] text-14 text-pretty text-ink-soft">
        How long the record of who did what is kept, where it is sent, and who is told when much goes wrong.
        {may && !scope.can("audit:manage") ? " Administrators decide on it." : ""}
      </p>
      {may ? (
        <>
          <AuditSettingsTabs />
          {children}
        </>
      ) : (
        <EmptyState
          title="The trail isn't yours to see"
          action={<LinkButton href="/settings/profile">Back to your profile</LinkButton>}
        >
          It is read by the CISO, auditors and administrators who see every account. Ask an administrator if
          you need it.
        </EmptyState>
      )}
    </div>
  );
}
