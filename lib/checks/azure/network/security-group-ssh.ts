import { judgePorts } from "#lib/checks/azure/open-ports.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const securityGroupSsh = defineCheck({
  id: "azure.network.security-group-ssh",
  title: "Network security group keeps SSH (port 22) closed to the internet",
  severity: "high",
  resource: "azure.network.security-group",
  permissions: ["Microsoft.Network/networkSecurityGroups/read"],
  risk: "SSH on the internet is found by scanners within minutes and tried with stolen and guessed credentials. One weak key or one flaw in the daemon is then a shell inside the network.",
  remediation: {
    text: "Allow SSH only from known networks, or reach machines through Azure Bastion or just-in-time access.",
    url: "https://learn.microsoft.com/azure/virtual-network/manage-network-security-group",
    console: [
      "Open the network security group in the portal.",
      "Settings, Inbound security rules, and select the rule.",
      "Delete it, or set Source to IP Addresses with the networks that need it, then Save.",
    ],
    cli: "az network nsg rule update --subscription {account} --resource-group GROUP --nsg-name {name} --name RULE --source-address-prefixes 203.0.113.0/24",
    terraform: `resource "azurerm_network_security_rule" "ssh" {
  name                        = "ssh-from-office"
  resource_group_name         = "GROUP"
  network_security_group_name = "{name}"
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefix       = "203.0.113.0/24" # the network that needs it
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "22"
}`,
  },
  evaluate: ({ inbound }) => judgePorts(inbound, [22], ["tcp"]),
});
