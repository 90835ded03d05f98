import { findExposure } from "#lib/checks/azure/network-exposure.ts";
import { failFor, tooEntangled, usablePorts } from "#lib/checks/azure/open-ports.ts";
import { describePorts } from "#lib/checks/azure/port-ranges.ts";
import { defineCheck, pass, unknown } from "#lib/checks/model.ts";

export const securityGroupUdp = defineCheck({
  id: "azure.network.security-group-udp",
  title: "Network security group keeps UDP closed to the internet",
  severity: "medium",
  resource: "azure.network.security-group",
  permissions: ["Microsoft.Network/networkSecurityGroups/read"],
  risk: "Senders of UDP can be forged, so a DNS, NTP or LDAP service that answers anyone is used to flood others. The machine pays for the traffic and may be blocked for it.",
  remediation: {
    text: "Delete the rule, or allow UDP only from the networks that need it.",
    url: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
    console: [
      "Open the network security group in the portal.",
      "Settings, Inbound security rules, and select the rule.",
      "Delete it, or narrow Source and Protocol, then Save.",
    ],
    cli: "az network nsg rule delete --subscription {account} --resource-group GROUP --nsg-name {name} --name RULE",
    terraform: `resource "azurerm_network_security_rule" "dns" {
  name                        = "dns-from-branches"
  resource_group_name         = "GROUP"
  network_security_group_name = "{name}"
  priority                    = 220
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Udp"
  source_address_prefix       = "203.0.113.0/24" # the network that needs it
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "53"
}`,
  },
  evaluate: ({ inbound }) => {
    if (!inbound) return unknown("inbound rules");
    const exposure = findExposure(inbound, "udp", usablePorts);
    const [first, ...more] = exposure.ports;
    if (!first) return exposure.isWhole ? pass() : tooEntangled;
    const ports = describePorts([first]).join();
    const subject =
      ports === describePorts([usablePorts]).join()
        ? "Every udp port is"
        : more.length
          ? `Udp ports (${ports} and ${more.length} more) are`
          : `Udp ${ports} is`;
    return failFor(inbound, [exposure], subject);
  },
});
