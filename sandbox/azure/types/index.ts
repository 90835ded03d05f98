import type { ArmType, GraphRoute } from "#sandbox/azure/model.ts";
import { appServiceTypes } from "./appservice.ts";
import { authorizationTypes } from "./authorization.ts";
import { computeTypes } from "./compute.ts";
import { databaseTypes } from "./databases.ts";
import { databricksTypes } from "./databricks.ts";
import { entraRoutes } from "./entra.ts";
import { keyVaultTypes } from "./keyvault.ts";
import { monitorTypes } from "./monitor.ts";
import { networkTypes } from "./network.ts";
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
  ...networkTypes,
  ...computeTypes,
  ...databaseTypes,
  ...appServiceTypes,
];

/** Every path that its Microsoft Graph knows. */
export const graphRoutes: readonly GraphRoute[] = [...entraRoutes];
