import type { ReactNode } from "react";
import { requireScope } from "#lib/auth/session.ts";
import { SettingsNav } from "./_components/settings-nav.tsx";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const scope = await requireScope();
  return (
    <>
      <SettingsNav
        mayManageUsers={scope.can("users:manage")}
        readsTrail={scope.can("audit:read") && scope.accountIds === null}
      />
      {children}
    </>
  );
}
