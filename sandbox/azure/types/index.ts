import type { ArmType, GraphRoute } from "#sandbox/azure/model.ts";
import { authorizationTypes } from "./authorization.ts";
import { databricksTypes } from "./databricks.ts";
import { entraRoutes } from "./entra.ts";
import { keyVaultTypes } from "./keyvault.ts";
import { monitorTypes } from "./monitor.ts";
import { permissionTypes } from "./permissions.ts";
import { securityTypes } from "./security.ts";
import { storageTypes } from "./storage.ts";

/** Every resource type that the sandbox's Azure Resource Manager knows. */
export const armTypes: readonly ArmType[] = [
  ...storageTypes,
  ...keyVaultTypes,
  ...monitorTypes,
  ...securityTypes,
  ...authorizationTypes,
  ...permissionTypes,
  ...databricksTypes,
];

/** Every path that its Microsoft Graph knows. */
export const graphRoutes: readonly GraphRoute[] = [...entraRoutes];
