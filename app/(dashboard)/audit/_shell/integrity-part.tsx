import { Skeleton } from "#components/ui/skeleton.tsx";
import { auditIntegrity } from "#db/audit/integrity.ts";
import { database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { IntegrityBadge } from "./integrity-badge.tsx";

export async function IntegrityPart({ scope }: { scope: Scope }) {
  const integrity = await auditIntegrity(database().db, scope);
  return <IntegrityBadge initial={{ ...integrity, now: new Date().toISOString() }} />;
}

export const IntegritySkeleton = () => <Skeleton className="h-8 w-64 max-sm:h-10" />;
