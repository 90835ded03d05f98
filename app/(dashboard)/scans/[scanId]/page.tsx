import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { database } from "#db/client.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { ScanDetail } from "../_components/scan-detail.tsx";
import { readScanReport } from "../scan-report.ts";

export const metadata: Metadata = { title: "Scan" };

export default async function ScanPage({ params }: { params: Promise<{ scanId: string }> }) {
  const [scope, { scanId }] = [await requireScope(), await params];
  const report = await readScanReport(database().db, scope, scanId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  });
  return <ScanDetail initial={report} canCancel={scope.can("scans:run")} />;
}
