import { judgePorts } from "#lib/checks/azure/open-ports.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const securityGroupRdp = defineCheck({
  id: "azure.network.security-group-rdp",
  title: "Network security group keeps RDP (port 3389) closed to the internet",
  severity: "high",
  resource: "azure.network.security-group",
  permissions: ["Microsoft.Network/networkSecurityGroups/read"],
  risk: "Remote Desktop on the internet is a favourite way in for ransomware: passwords are guessed around the clock, and its flaws have let attackers in without any.",
  remediation: {
    text: "Allow RDP only from known networks, or reach machines through Azure Bastion or just-in-time access.",
    url: "https://learn.microsoft.com/azure/bastion/bastion-overview",
    console: [
      "Open the network security group in the portal.",
      "Settings, Inbound security rules, and select the rule.",
      "Delete it, or set Source to IP Addresses with the networks that need it, then Save.",
    ],
    cli: "az network nsg rule update --subscription {account} --resource-group GROUP --nsg-name {name} --name RULE --source-address-prefixes 203.0.113.0/24",
    terraform: `resource "azurerm_network_security_rule" "rdp" {
  name                        = "rdp-from-office"
  resource_group_name         = "GROUP"
  network_security_group_name = "{name}"
  priority                    = 210
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "203.0.113.0/24" # the network that needs it
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "3389"
}`,
  },
  evaluate: ({ inbound }) => judgePorts(inbound, [3389], ["tcp", "udp"]),
});
