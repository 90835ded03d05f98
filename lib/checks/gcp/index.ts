import type { AnyCheck } from "../model.ts";

/** The checks of Google Cloud, in catalogue order. A check that isn't listed here doesn't run. */
export const gcpChecks: readonly AnyCheck[] = [];
