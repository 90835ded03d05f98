import type { LogSink } from "./logging.kinds.ts";
import type { AuditConfig } from "./resourcemanager.kinds.ts";

/**
 * What lies above a project. It is read apart from the project, as it takes permissions on the organization that an account
 * connected by itself doesn't have.
 */
export interface HierarchyKinds {
  /**
   * A folder or the organization. Region `global`. Uid: `//cloudresourcemanager.googleapis.com/folders/<number>` or
   * `…/organizations/<number>`; name: `folders/<number>` or `organizations/<number>`.
   */
  "gcp.hierarchy.ancestor": {
    /** What its policy has logged, in the project too. */
    auditConfigs?: AuditConfig[];
    /** Those of its log sinks that take in the logs of the projects below. */
    sinks?: (LogSink & { name: string })[];
  };
}
