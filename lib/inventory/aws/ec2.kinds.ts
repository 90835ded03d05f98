/** One rule with one peer: a permission with three ranges is three rules, in EC2's order (IPv4, IPv6, lists, groups). */
export type SecurityGroupRule = {
  /** As EC2 says it: `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or an IANA number. */
  protocol: string;
  /** First port, or ICMP type; `null` when the rule has none (all protocols). */
  fromPort: number | null;
  /** Last port, or ICMP code. */
  toPort: number | null;
  /** Where traffic comes from (ingress) or goes to (egress). */
  peerType: "ipv4" | "ipv6" | "prefix-list" | "security-group";
  /** A CIDR, `pl-…` or `sg-…`. */
  peer: string;
  description: string | null;
};

export type NetworkAclEntry = {
  /** Lower numbers win; 32767 (IPv4) and 32768 (IPv6) are the closing `*` denials. */
  ruleNumber: number;
  egress: boolean;
  action: "allow" | "deny";
  /** `-1` for all, or an IANA number: `6` is tcp, `17` udp. */
  protocol: string;
  /** IPv4 or IPv6. */
  cidr: string;
  /** `null`: the protocol has no ports, or all are meant. */
  fromPort: number | null;
  toPort: number | null;
};

export type FlowLog = {
  id: string;
  /** `ACTIVE`, the only status EC2 names. */
  status: string;
  trafficType: "ACCEPT" | "REJECT" | "ALL";
  /** `cloud-watch-logs`, `s3` or `kinesis-data-firehose`. */
  destinationType: string | null;
  destination: string | null;
  /** `SUCCESS` or `FAILED`; `null` before the first delivery. */
  deliveryStatus: string | null;
};

/** What EC2 leaves out of an answer although it is always set (a boolean, a list of rules) stays absent, never a default. */
export interface Ec2Kinds {
  /** Terminated instances are left out. */
  "aws.ec2.instance": {
    /** `pending`, `running`, `stopping`, `stopped` or `shutting-down`. */
    state: string;
    type: string;
    imageId: string | null;
    launchedAt: string | null;
    /** Public IPv4 addresses of all its network interfaces. */
    publicIps?: string[];
    /** IPv6 addresses of all its network interfaces: these are public by nature. */
    ipv6Addresses: string[];
    /** Instance metadata service; absent when the answer leaves it out. */
    metadata?: {
      endpoint: "enabled" | "disabled";
      tokens: "required" | "optional";
      hopLimit: number | null;
    };
    instanceProfileArn?: string | null;
    vpcId: string | null;
    subnetId: string | null;
    securityGroupIds: string[];
    volumeIds: string[];
    keyName: string | null;
  };
  /** Name: the group's name. Uid: `arn:aws:ec2:<region>:<account>:security-group/<id>`, likewise for all of EC2. */
  "aws.ec2.security-group": {
    groupId: string;
    description: string | null;
    vpcId: string | null;
    /** Named `default`: made with its VPC, and not deletable. */
    isDefault: boolean;
    ingress?: SecurityGroupRule[];
    egress?: SecurityGroupRule[];
  };
  /** Managed prefix lists that the account's rules may refer to, AWS's own included. */
  "aws.ec2.prefix-list": {
    prefixListId: string;
    managedBy: "customer" | "aws";
    addressFamily: "IPv4" | "IPv6";
    /** CIDRs, read for customer-managed lists alone; `null` for AWS's, which hold only addresses of AWS services. */
    entries?: string[] | null;
  };
  "aws.ec2.volume": {
    state: string;
    encrypted?: boolean;
    kmsKeyId: string | null;
    sizeGib: number;
    type: string;
    createdAt: string | null;
    /** Instance ids. */
    attachedTo: string[];
  };
  /** The account's own snapshots. */
  "aws.ec2.snapshot": {
    state: string;
    encrypted?: boolean;
    kmsKeyId: string | null;
    volumeId: string | null;
    sizeGib: number;
    createdAt: string | null;
    /**
     * Restorable by everyone. Cheapest from one DescribeSnapshots with `OwnerIds: ["self"]` and
     * `RestorableByUserIds: ["all"]` for the region instead of a DescribeSnapshotAttribute per snapshot.
     */
    isPublic?: boolean;
  };
  "aws.ec2.vpc": {
    isDefault: boolean;
    state: string;
    /** The primary IPv4 range. */
    cidr: string | null;
    /** All IPv4 ranges. */
    cidrs: string[];
    ipv6Cidrs: string[];
    /** Flow logs on the VPC itself, not those of single subnets or interfaces. */
    flowLogs?: FlowLog[];
  };
  "aws.ec2.network-acl": {
    vpcId: string | null;
    isDefault: boolean;
    subnetIds: string[];
    /** In EC2's order. */
    entries?: NetworkAclEntry[];
  };
  /** What EC2 holds for the account in one region. Uid: `accountSettingsUid`, service `ec2`. Name: the region. */
  "aws.ec2.region": {
    ebsEncryptionByDefault?: boolean;
    /** An alias, id or ARN. */
    ebsDefaultKmsKeyId?: string | null;
  };
}
