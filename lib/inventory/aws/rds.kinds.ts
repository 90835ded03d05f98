/** What RDS leaves out of an answer although it is always set (such as a boolean) stays absent, never a default. */
export interface RdsKinds {
  /** DB instances of every engine, members of Aurora clusters included. Uid: `DBInstanceArn`. */
  "aws.rds.instance": {
    engine: string;
    engineVersion: string | null;
    /** Such as `available`. */
    status: string;
    instanceClass: string | null;
    createdAt: string | null;
    storageEncrypted?: boolean;
    kmsKeyId: string | null;
    publiclyAccessible?: boolean;
    autoMinorVersionUpgrade?: boolean;
    /** Of the instance itself; a cluster's member has this false and is redundant through its siblings. */
    multiAz?: boolean;
    availabilityZone?: string | null;
    /** The Aurora or Multi-AZ cluster it is a member of. */
    clusterId: string | null;
    endpoint: { address: string; port: number } | null;
    vpcId: string | null;
    securityGroupIds: string[];
    deletionProtection?: boolean;
    backupRetentionDays: number | null;
    iamAuthentication?: boolean;
  };
}
