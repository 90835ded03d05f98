import type { AccessTable } from "../model.ts";

/** The audit trail: reading, exporting, keeping and streaming it. */
export const audit: AccessTable = {};
