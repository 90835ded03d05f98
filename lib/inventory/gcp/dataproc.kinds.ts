export interface DataprocKinds {
  "gcp.dataproc.cluster": {
    /** `RUNNING`, `STOPPED`, `ERROR` … */
    state: string | null;
    /** Runs on a GKE cluster, whose disks are not Dataproc's to encrypt. */
    isVirtual: boolean;
    /** The Cloud KMS key of the disks; `null` when it is one of Google's. */
    diskKmsKey?: string | null;
  };
}
