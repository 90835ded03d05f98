import { findExposure } from "#lib/checks/azure/network-exposure.ts";
import { failFor, tooEntangled, usablePorts } from "#lib/checks/azure/open-ports.ts";
import { defineCheck, pass, unknown } from "#lib/checks/model.ts";

export const securityGroupAllPorts = defineCheck({
  id: "azure.network.security-group-all-ports",
  title: "Network security group doesn't open every port to the internet",
  severity: "critical",
  resource: "azure.network.security-group",
  permissions: ["Microsoft.Network/networkSecurityGroups/read"],
  risk: "Whatever listens on a machine behind this group can be reached by anyone, including services nobody meant to publish. The group protects nothing.",
  remediation: {
    text: "Replace the rule by one for each port that is really served, from the networks that need it.",
    url: "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
    console: [
      "Open the network security group in the portal.",
      "Settings, Inbound security rules, and add a rule for each service with its own port and source.",
      "Select the rule for all ports, then Delete.",
    ],
    cli: "az network nsg rule delete --subscription {account} --resource-group GROUP --nsg-name {name} --name RULE",
    terraform: `resource "azurerm_network_security_rule" "https" {
  name                        = "https"
  resource_group_name         = "GROUP"
  network_security_group_name = "{name}"
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "Internet"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "443"
}`,
  },
  evaluate: ({ inbound }) => {
    if (!inbound) return unknown("inbound rules");
    const [firstPort, lastPort] = usablePorts;
    const exposures = (["tcp", "udp"] as const).map((protocol) => ({
      protocol,
      exposure: findExposure(inbound, protocol, usablePorts),
    }));
    const open = exposures.filter(({ exposure: { ports } }) =>
      ports.some(([from, to]) => from === firstPort && to === lastPort),
    );
    if (!open.length) return exposures.every(({ exposure }) => exposure.isWhole) ? pass() : tooEntangled;
    const which = open.length === 2 ? "tcp and udp" : open[0]?.protocol;
    return failFor(
      inbound,
      open.map(({ exposure }) => exposure),
      `Every ${which} port is`,
    );
  },
});
