import type { Metadata } from "next";
import { auditIntegrity } from "#db/audit/integrity.ts";
import { database } from "#db/client.ts";
import { readTrailScope } from "../read-trail-scope.ts";
import { Integrity } from "./_components/integrity.tsx";

export const metadata: Metadata = { title: "Audit integrity" };

/** Whether the trail can be believed, and how anybody can find that out for themselves. */
export default async function IntegrityPage() {
  const scope = await readTrailScope();
  if (!scope) return null;
  const integrity = await auditIntegrity(database().db, scope);
  return <Integrity initial={{ ...integrity, now: new Date().toISOString() }} />;
}
