import type { Operation } from "../operation.ts";
import { accountOperations } from "./accounts.ts";
import { checkOperations } from "./checks.ts";
import { meOperations } from "./me.ts";
import { scanOperations } from "./scans.ts";

/** Every operation of /api/v1, in the order of its page. */
export const operations: readonly Operation[] = [
  ...scanOperations,
  ...accountOperations,
  ...checkOperations,
  ...meOperations,
];
