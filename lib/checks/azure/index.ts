import type { AnyCheck } from "../model.ts";

/** The checks of Azure, in catalogue order. A check that isn't listed here doesn't run. */
export const azureChecks: readonly AnyCheck[] = [];
