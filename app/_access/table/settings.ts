import type { AccessTable } from "../model.ts";

/** People, their links, what they see, due dates, approvals. */
export const settings: AccessTable = {};
