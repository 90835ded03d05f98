import type { GapGroup, ScanView, UnitView } from "#db/scans/queries.ts";

/** All that is shown of one scan, as of `now`. */
export type ScanReport = { scan: ScanView; units: UnitView[]; gaps: GapGroup[]; now: string };

export const isUnderWay = ({ status }: Pick<ScanView, "status">): boolean =>
  status === "running" || status === "cancelling";
