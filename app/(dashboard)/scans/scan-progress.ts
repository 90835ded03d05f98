import type {
  AccountProgress,
  GapGroup,
  ScanBrief,
  ScanView,
  ServiceTimes,
  UnitView,
} from "#db/scans/model.ts";

/** More pieces than this are told by account, since nobody could tell their marks apart. */
export const mostDrawnUnits = 1_500;

/** All that is shown of one scan, as of `now`. */
export type ScanReport = {
  scan: ScanView;
  accounts: AccountProgress[];
  /** Every unit; none when there are more than can be drawn. */
  units: UnitView[];
  /** Those that were not read whole, the first of them when there are very many. */
  attention: UnitView[];
  gaps: GapGroup[];
  /** Once the scan has ended: where its time went, and the scan before it that covered the same. */
  services: ServiceTimes[];
  slowest: UnitView[];
  previous: ScanView | null;
  now: string;
};

export const isUnderWay = ({ status }: Pick<ScanBrief, "status">): boolean =>
  status === "running" || status === "cancelling";

/** All the units of a scan. */
export const unitsIn = ({ units }: Pick<ScanBrief, "units">): number =>
  Object.values(units).reduce((sum, each) => sum + each, 0);
