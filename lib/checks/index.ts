import { bucketVersioning } from "./aws/s3/bucket-versioning.ts";
import type { AnyCheck } from "./model.ts";

/** Every check, in catalogue order. A check that isn't listed here doesn't run; a test compares this with the folder. */
export const catalogue: readonly AnyCheck[] = [bucketVersioning];
