export interface DnsKinds {
  /** Managed zones. Uid: `//dns.googleapis.com/projects/p/managedZones/z`. */
  "gcp.dns.zone": {
    /** With its closing dot. */
    dnsName: string;
    visibility: "public" | "private";
    /** `transfer`: signed, and being moved from or to another operator. Private zones can't be signed. */
    dnssec?: "off" | "on" | "transfer";
    /** What the zone's keys are made by; can only be changed while DNSSEC is off. */
    keySpecs?: {
      type: "keySigning" | "zoneSigning";
      /** Such as `rsasha256`. */
      algorithm: string;
      bits: number | null;
    }[];
    createdAt: string | null;
  };
  /** Server policies. Uid: `//dns.googleapis.com/projects/p/policies/x`. */
  "gcp.dns.policy": {
    logging: boolean;
    inboundForwarding: boolean;
    /** Full resource names of the networks it is for. */
    networks: string[];
  };
}
