/**
 * One protocol with its ports, as a rule names it: `tcp`, `udp`, `icmp`, `esp`, `ah`, `ipip`, `sctp`, an IANA number, or
 * `all`. Ports are numbers and ranges such as `22` and `8000-8080`; none means every port.
 */
export type FirewallTraffic = { protocol: string; ports: string[] };

/** A rule of a firewall policy. What a list that is empty would narrow down is not narrowed down. */
export type FirewallPolicyRule = {
  /** Lower numbers come first; no two rules of a policy share one. */
  priority: number;
  /** `goto_next` passes traffic on; `apply_security_profile_group` lets it through after inspection. */
  action: "allow" | "deny" | "goto_next" | "apply_security_profile_group";
  direction: "INGRESS" | "EGRESS";
  /** Also true for a rule whose secure tags are all without effect, which Google Cloud leaves out. */
  disabled: boolean;
  traffic: FirewallTraffic[];
  source: FirewallPolicyPeer;
  destination: FirewallPolicyPeer;
  /** `INTERNET`, `NON_INTERNET`, `VPC_NETWORKS` or `INTRA_VPC`; `null` when any will do. */
  sourceNetworkType: string | null;
  /** Networks that it is for, as full resource names; none means all of them. */
  targetNetworks: string[];
  targetServiceAccounts: string[];
  /** Names of secure tags, such as `tagValues/123`. */
  targetSecureTags: string[];
  /** `INSTANCES`, or the load balancers it is for instead. */
  targetType: string;
};

/** The ways in which a policy's rule names addresses: one match is enough. */
export type FirewallPolicyPeer = {
  /** CIDRs of both families. */
  ranges: string[];
  /** ISO 3166 countries. */
  regionCodes: string[];
  /** Google's lists, such as `iplist-public-clouds`. */
  threatLists: string[];
  addressGroups: string[];
  fqdns: string[];
  secureTags: string[];
};

/** A firewall policy as a network has it. */
export type FirewallPolicy = {
  name: string;
  /** `hierarchical` ones are set on the organisation or a folder; `system` ones are Google's own. */
  level: "hierarchical" | "system" | "global" | "regional";
  rules: FirewallPolicyRule[];
};

/** Keys that security hangs on, as they are written; `null` where the key is not set. No other values are kept. */
export type ComputeMetadata = {
  enableOslogin: string | null;
  serialPortEnable: string | null;
  blockProjectSshKeys: string | null;
};

/** Uid: `//compute.googleapis.com/` and the path, as `projects/p/zones/z/instances/i`. A zonal resource's region is its zone's. */
export interface ComputeKinds {
  /** What Compute Engine holds for the project as a whole. Uid ends with `projects/p`; name: the project's id. */
  "gcp.compute.project": {
    /** The e-mail address of the Compute Engine default service account; `null` when it was deleted. */
    defaultServiceAccount: string | null;
    metadata?: ComputeMetadata;
  };
  "gcp.compute.instance": {
    /** Such as `RUNNING` or `TERMINATED` (stopped). */
    status: string;
    zone: string;
    machineType: string | null;
    createdAt: string | null;
    interfaces?: {
      /** A full resource name, maybe in the host project of a Shared VPC. */
      network: string | null;
      subnet: string | null;
      /**
       * Ways in from outside. `address` is `null` while none is given out: a stopped instance gets one when it starts.
       */
      external: { family: "ipv4" | "ipv6"; address: string | null }[];
    }[];
    /** Network tags, which firewall rules aim at. */
    networkTags: string[];
    /** At most one. */
    serviceAccounts?: { email: string; scopes: string[] }[];
    metadata?: ComputeMetadata;
    canIpForward?: boolean;
    /** `null`: its image does not support Shielded VM. */
    shielded?: { secureBoot: boolean; vtpm: boolean; integrityMonitoring: boolean } | null;
    /** Such as `SEV`, `SEV_SNP` or `TDX`; `null` when memory is not encrypted. */
    confidential?: string | null;
    deletionProtection: boolean;
    /** Full resource names of the persistent disks. */
    disks: string[];
  };
  /** Persistent disks, zonal and regional. Local SSDs are part of their instance. */
  "gcp.compute.disk": {
    zone: string | null;
    sizeGib: number | null;
    type: string | null;
    status: string | null;
    createdAt: string | null;
    /** Whose key it is: Google's, one in Cloud KMS, or one that the customer supplies with each call. */
    encryption?: "google" | "kms" | "customer-supplied";
    kmsKeyName: string | null;
    /** Full resource names of the instances it is attached to. */
    attachedTo: string[];
  };
  "gcp.compute.network": {
    /** Named `default`: made with its project, unless that was prevented. */
    isDefault: boolean;
    /** `legacy`: one range for all regions, no subnets; can't be made any more. */
    mode?: "auto" | "custom" | "legacy";
    routingMode: string | null;
    mtu: number | null;
    createdAt: string | null;
    peerings: string[];
    /** Whether the network's firewall policies are asked before its firewall rules or after. */
    policyOrder: "before" | "after";
    /** What applies in every region, in the order it is asked: hierarchical, system, global. */
    policies?: FirewallPolicy[];
    /** The project's regional policies on this network, in the order they are asked within a region. */
    regionalPolicies?: (FirewallPolicy & { region: string })[];
  };
  "gcp.compute.subnet": {
    network: string;
    /** `PRIVATE` for ordinary subnets. */
    purpose: string;
    /** Primary IPv4 range; `null` for a subnet with IPv6 alone. */
    cidr: string | null;
    ipv6Cidr: string | null;
    privateGoogleAccess: boolean;
    flowLogs?: {
      enabled: boolean;
      /** Such as `INTERVAL_5_SEC`. */
      interval: string | null;
      /** Share of the flows that are logged, 0 to 1. */
      sampling: number | null;
      metadata: string | null;
      filter: string | null;
    };
    createdAt: string | null;
  };
  /** VPC firewall rules. Rules of firewall policies belong to their networks. */
  "gcp.compute.firewall": {
    /** The network's full resource name. */
    network: string;
    direction: "INGRESS" | "EGRESS";
    /** 0 to 65535, lower ones first; among equals a denial wins. */
    priority: number;
    disabled: boolean;
    action?: "allow" | "deny";
    traffic?: FirewallTraffic[];
    /** CIDRs of both families. A rule without any kind of source is for `0.0.0.0/0`. */
    sourceRanges: string[];
    sourceTags: string[];
    sourceServiceAccounts: string[];
    destinationRanges: string[];
    /** Without targets it is for every instance of the network. */
    targetTags: string[];
    targetServiceAccounts: string[];
    description: string | null;
    createdAt: string | null;
    logging: boolean;
  };
  /** Backend services of load balancers, global and regional. */
  "gcp.compute.backend-service": {
    /** Such as `EXTERNAL`, `EXTERNAL_MANAGED`, `INTERNAL`, `INTERNAL_MANAGED` or `INTERNAL_SELF_MANAGED`. */
    scheme?: string;
    /** How it talks to its backends: `HTTP`, `HTTPS`, `HTTP2`, `H2C`, `GRPC`, `TCP`, `SSL`, `UDP` or `UNSPECIFIED`. */
    protocol?: string;
    logging: { enabled: boolean; sampleRate: number | null };
    securityPolicy: string | null;
    createdAt: string | null;
  };
}
