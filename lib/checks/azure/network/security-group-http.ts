import { judgePorts } from "#lib/checks/azure/open-ports.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const securityGroupHttp = defineCheck({
  id: "azure.network.security-group-http",
  title: "Network security group opens HTTP(S) only where it is meant",
  severity: "low",
  resource: "azure.network.security-group",
  permissions: ["Microsoft.Network/networkSecurityGroups/read"],
  risk: "A web server open to everyone is probed for known flaws all day, and one that was forgotten is not patched. Behind a gateway with a firewall, machines need no open port of their own.",
  remediation: {
    text: "Where the machine serves the public, accept the risk with a note; elsewhere allow ports 80 and 443 only from the gateway or the networks that need them.",
    url: "https://learn.microsoft.com/azure/security/fundamentals/network-best-practices",
    console: [
      "Open the network security group in the portal.",
      "Settings, Inbound security rules, and select the rule.",
      "Set Source to the gateway's subnet or to a service tag such as AzureFrontDoor.Backend, then Save.",
    ],
    cli: "az network nsg rule update --subscription {account} --resource-group GROUP --nsg-name {name} --name RULE --source-address-prefixes AzureFrontDoor.Backend",
    terraform: `resource "azurerm_network_security_rule" "https" {
  name                        = "https-from-front-door"
  resource_group_name         = "GROUP"
  network_security_group_name = "{name}"
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "AzureFrontDoor.Backend"
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "443"
}`,
  },
  evaluate: ({ inbound }) => judgePorts(inbound, [80, 443], ["tcp"]),
});
