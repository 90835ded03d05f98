import { resourceManagerApi } from "./handlers/cloudresourcemanager.ts";
import { computeApi } from "./handlers/compute.ts";
import { storageApi } from "./handlers/storage.ts";
import type { GcpApi } from "./model.ts";

/** Every API that the sandbox speaks. */
export const gcpApis: readonly GcpApi[] = [computeApi, resourceManagerApi, storageApi];
