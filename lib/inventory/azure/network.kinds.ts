/** One rule of a network security group, with its single and its listed prefixes and ports in one list each. */
export type SecurityRule = {
  name: string;
  /** Lower numbers win: 100 to 4096 for the customer's rules, from 65000 on for Azure's own. */
  priority: number;
  access: "allow" | "deny";
  /** In lower case: `*` for all, `tcp`, `udp`, `icmp`, `esp` or `ah`. */
  protocol: string;
  /** `*`, service tags, addresses and CIDRs, as Azure gives them. Empty where application security groups are meant. */
  sources: string[];
  /** ARM ids of application security groups. */
  sourceGroups: string[];
  /** `*`, a port, or a range such as `20-25`. */
  sourcePorts: string[];
  destinations: string[];
  destinationGroups: string[];
  destinationPorts: string[];
  /** One of the rules that Azure gives every group, such as `DenyAllInBound`. */
  isDefault: boolean;
};

export type Subnet = {
  name: string;
  id: string;
  prefixes: string[];
  /** ARM id; `null` when no group guards the subnet. */
  securityGroupId: string | null;
  /** Services that the subnet is delegated to, such as `Microsoft.Web/serverFarms`. */
  delegations: string[];
};

export type NetworkWatcher = { id: string; state: string };

/** Ids of other resources are spelled as uids are, save for the case of names: compare them without regard to it. */
export interface AzureNetworkKinds {
  "azure.network.security-group": {
    /** By priority, Azure's default rules included. */
    inbound?: SecurityRule[];
    outbound?: SecurityRule[];
    subnetIds: string[];
    interfaceIds: string[];
  };
  "azure.network.interface": {
    /** ARM id of the machine that it belongs to. */
    machineId: string | null;
    securityGroupId: string | null;
    /** ARM ids of the public addresses on its IP configurations; what they come to is on the address. */
    publicIpIds?: string[];
    privateIps: string[];
    subnetIds: string[];
    ipForwarding: boolean;
  };
  "azure.network.public-ip": {
    /** `null` while none is allocated. */
    address: string | null;
    version: "IPv4" | "IPv6";
    sku: string | null;
    /** ARM id of the IP configuration that it is on. */
    attachedTo: string | null;
    /** The protection set on the address itself: `VirtualNetworkInherited`, `Enabled` or `Disabled`. */
    ddosProtection: string | null;
  };
  "azure.network.virtual-network": {
    prefixes: string[];
    subnets?: Subnet[];
    /** Whether a DDoS Network Protection plan guards it. */
    ddosProtection?: boolean;
    ddosPlanId: string | null;
    peeredWith: string[];
  };
  "azure.network.flow-log": {
    /** ARM id of what it records. */
    targetId: string;
    target: "virtual-network" | "security-group" | "subnet" | "interface";
    enabled?: boolean;
    /** Days after which records are deleted; 0: never. */
    retentionDays?: number;
    storageId: string | null;
    /** ARM id of the Log Analytics workspace of traffic analytics; `null` when that is off. */
    workspaceId: string | null;
  };
  /** A region where the subscription has virtual networks. Uid: `<subscription>/providers/Microsoft.Network/locations/<region>`. */
  "azure.network.region": {
    virtualNetworks: number;
    /** The region's Network Watchers; Azure allows one per region and subscription. */
    watchers?: NetworkWatcher[];
  };
  /** Network settings that belong to the subscription as a whole. Uid: `<subscription>/providers/Microsoft.Network`. */
  "azure.network.subscription": {
    virtualNetworks?: number;
    bastionIds?: string[];
  };
  /** Virtual network gateways: VPN and ExpressRoute. */
  "azure.network.gateway": {
    type: "Vpn" | "ExpressRoute" | "LocalGateway";
    sku: string | null;
    /** Point-to-site; `null` when it isn't configured. `authentication` as in `Certificate`, `Radius`, `AAD`. */
    pointToSite: { authentication?: string[]; protocols: string[] } | null;
  };
  "azure.network.application-gateway": {
    /** `Standard`, `WAF`, `Standard_v2`, `WAF_v2` or `Basic`. */
    tier?: string;
    /** `null` where it was never set, which leaves it off. */
    http2?: boolean | null;
    /** The gateway's own TLS policy where it has one, and those of its SSL profiles. */
    tlsPolicies: TlsPolicy[];
    /** Whether the gateway has a policy of its own, or Azure's default applies. */
    hasTlsPolicy: boolean;
    /** The predefined policy that Azure applies where the gateway names none, as far as the answer tells. */
    defaultTlsPolicy: string | null;
    /** The firewall in the gateway's own settings, the older way; `null` when there is none. */
    firewall: { enabled: boolean } | null;
    /** ARM id of the firewall policy for the whole gateway. */
    firewallPolicyId: string | null;
  };
  /** Policies of the Web Application Firewall for Application Gateway. */
  "azure.network.waf-policy": {
    enabled?: boolean;
    mode?: "Prevention" | "Detection";
    bodyCheck?: boolean;
    ruleSets?: { type: string; version: string; disabledRules: number }[];
    gatewayIds: string[];
  };
}

export type TlsPolicy = {
  /** `gateway`, or `profile` and the SSL profile's name. */
  of: string;
  type: "Predefined" | "Custom" | "CustomV2" | null;
  /** The predefined policy, such as `AppGwSslPolicy20220101`. */
  name: string | null;
  /** Such as `TLSv1_2`; given with custom policies. */
  minVersion: string | null;
  disabledProtocols: string[];
};
