"use server";
import { cancelScan } from "#lib/scans/cancel-scan.ts";
import { startScan } from "#lib/scans/start-scan.ts";
import { type ActionResult, runAction } from "../../_actions/action.ts";

export type ScanSelection = { accountIds: string[]; regions: string[]; services: string[]; checks: string[] };

export async function startScanAction(selection: ScanSelection): Promise<ActionResult<{ scanId: string }>> {
  const { accountIds, regions, services, checks } = selection;
  return runAction(startScan, { accountIds, regions, services, checks });
}

export async function cancelScanAction(scanId: string): Promise<ActionResult<{ scanId: string }>> {
  return runAction(cancelScan, { scanId });
}
