import type { AccessTable } from "../model.ts";

/** Resources: the inventory, drift, relations. */
export const resources: AccessTable = {};
