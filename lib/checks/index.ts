import { awsChecks } from "./aws/index.ts";
import { azureChecks } from "./azure/index.ts";
import { gcpChecks } from "./gcp/index.ts";
import type { AnyCheck } from "./model.ts";

/** Every check, in catalogue order; a test compares this with the folder. */
export const catalogue: readonly AnyCheck[] = [...awsChecks, ...azureChecks, ...gcpChecks];
