import type { AccessTable } from "../model.ts";

/** Imports of other tools' findings. */
export const imports: AccessTable = {};
