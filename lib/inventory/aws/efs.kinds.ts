export interface EfsKinds {
  /** Uid: `FileSystemArn`. Name: its `Name`, or else the id. */
  "aws.efs.file-system": {
    fileSystemId: string;
    /** Such as `available`. */
    state: string;
    createdAt: string | null;
    /** Settled when it was made, for good. */
    encrypted?: boolean;
    /** `null` when it is not encrypted. */
    kmsKeyId: string | null;
    /** `generalPurpose` or `maxIO`. */
    performanceMode: string | null;
    /** `bursting`, `elastic` or `provisioned`. */
    throughputMode: string | null;
    /** Of a One Zone file system; `null` for one that is kept in all zones. */
    availabilityZone: string | null;
    mountTargets: number | null;
  };
}
