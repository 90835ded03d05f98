import type { S3Kinds } from "./aws/s3.kinds.ts";

/** Every kind of resource, with the type of its `config`. A service adds its kinds by extending this. */
export interface ResourceConfigs extends S3Kinds {}
