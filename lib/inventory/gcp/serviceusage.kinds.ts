export interface ServiceUsageKinds {
  /** Uid: `//serviceusage.googleapis.com/projects/<id>`; name: the id; region `global`. */
  "gcp.serviceusage.project": {
    /** Names of the APIs that are enabled, such as `compute.googleapis.com`, sorted. */
    enabledServices?: string[];
  };
}
