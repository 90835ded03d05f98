import type { AccessTable, Given } from "../model.ts";

const mayScan = ["analyst", "manager", "admin"] as const;
const everything = { accountIds: [], regions: [], services: [], checks: [] };
const ofOne = ({ ids }: Given) => ({ ...everything, accountIds: [ids.accountId] });

/** Scans, and the shell around every page. */
export const scans: AccessTable = {
  "lib/scans/start-scan.ts#startScan": { roles: mayScan, input: ofOne },
  "app/(dashboard)/scans/actions.ts#startScanAction": { roles: mayScan, input: (given) => [ofOne(given)] },
  "lib/scans/cancel-scan.ts#cancelScan": {
    roles: mayScan,
    input: ({ ids }) => ({ scanId: ids.runningScanId }),
  },
  "app/(dashboard)/scans/actions.ts#cancelScanAction": {
    roles: mayScan,
    input: ({ ids }) => [ids.runningScanId],
  },
  "GET /api/scans/[scanId]": {
    roles: "everyone",
    input: ({ ids }) => ({ params: { scanId: ids.scanId } }),
  },
  "GET /api/search": { roles: "everyone", input: () => ({ query: { q: "seen only" } }), foreign: "done" },
  "GET /api/status": { roles: "everyone", foreign: "done" },
  "GET /api/events": { roles: "everyone", foreign: "done" },
};
