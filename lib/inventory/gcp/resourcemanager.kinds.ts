import type { IamBinding } from "./iam-bindings.ts";

/** Which data access is logged for a service, or for `allServices`. */
export type AuditConfig = {
  service: string;
  logs: { type: "ADMIN_READ" | "DATA_READ" | "DATA_WRITE"; exemptedMembers: string[] }[];
};

export interface ResourceManagerKinds {
  /**
   * The project itself; region `global`. Uid: `//cloudresourcemanager.googleapis.com/projects/<id>`; name: its id. Labels
   * are its tags. It is there even when nothing about it can be read.
   */
  "gcp.resourcemanager.project": {
    displayName?: string | null;
    /** Digits. */
    number?: string;
    createdAt?: string | null;
    /** The project's own IAM policy, without what it inherits. */
    bindings?: IamBinding[];
    /** What the project's own policy has logged. */
    auditConfigs?: AuditConfig[];
  };
}
