import type { ReactNode } from "react";
import { requireScope } from "#lib/auth/session.ts";
import { FreezeRibbon } from "../_freeze/freeze-ribbon.tsx";

/** A freeze is said on every page of this area. */
export default async function RemediationLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <FreezeRibbon scope={await requireScope()} />
      {children}
    </>
  );
}
