import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { readTrailScope } from "./read-trail-scope.ts";

export const metadata: Metadata = { title: "Audit trail" };

export default async function TrailPage() {
  if (!(await readTrailScope())) return null;
  return <EmptyState title="Nothing was recorded yet">Every act from now on stands here.</EmptyState>;
}
