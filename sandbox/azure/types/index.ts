import type { ArmType, GraphRoute } from "#sandbox/azure/model.ts";
import { storageTypes } from "./storage.ts";

/** Every resource type that the sandbox's Azure Resource Manager knows. */
export const armTypes: readonly ArmType[] = [...storageTypes];

/** Every path that its Microsoft Graph knows. */
export const graphRoutes: readonly GraphRoute[] = [];
