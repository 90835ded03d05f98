import { expect, vi } from "vitest";
import type { ScanRow, TestCloud } from "./test-cloud.ts";
import {
  failuresIn,
  readFindings,
  readFreshVerdicts,
  readGaps,
  readOpen,
  readVerdicts,
  type Verdicts,
} from "./test-state.ts";

/** Chance decides how long a call waits before it tries again; a fiftieth of that makes the same calls. */
export function hastenRetries(): void {
  const { random } = Math;
  vi.spyOn(Math, "random").mockImplementation(() => random() / 50);
}

/** The keys whose verdict differs from the truth without being `unknown`. */
export const lies = (stored: Verdicts, expected: Verdicts) =>
  Object.keys(stored).filter((key) => stored[key] !== expected[key] && stored[key] !== "unknown");

/** What tests of faults ask of a cloud and of what its scans have stored. */
export function watchFaults(cloud: TestCloud) {
  const { db } = cloud.database;
  return {
    /** The truth about the estate as it is now, told by a scan that meets no fault. */
    truth: () => readFreshVerdicts(db, new Date()),

    /** Fails unless the scan left no gap and stored just what is expected. */
    async expectWhole(scan: ScanRow, expected: Verdicts) {
      expect(scan).toMatchObject({ status: "completed", error: null });
      expect(await readGaps(db, scan.id)).toEqual([]);
      expect(await readVerdicts(db)).toEqual(expected);
      expect(await readOpen(db)).toEqual(failuresIn(expected));
      expect(cloud.errors).toEqual([]);
    },

    /** What has become of every finding, whether or not it can be verified at present. */
    histories: async () =>
      Object.entries(await readFindings(db)).map(([key, { status, history }]) =>
        [key, status, ...history].join(" "),
      ),

    /** Ends every fault, and forgets the errors that were met. */
    reset() {
      cloud.sandbox.faults.reset();
      cloud.errors.length = 0;
    },
  };
}
