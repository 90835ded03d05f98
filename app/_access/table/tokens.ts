import type { AccessTable } from "../model.ts";

/** API tokens, and the pages about the API. */
export const tokens: AccessTable = {};
