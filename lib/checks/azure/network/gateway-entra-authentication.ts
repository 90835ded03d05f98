import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const gatewayEntraAuthentication = defineCheck({
  id: "azure.network.gateway-entra-authentication",
  title: "VPN gateway lets people in by Microsoft Entra ID alone",
  severity: "medium",
  resource: "azure.network.gateway",
  permissions: [
    "Microsoft.Resources/subscriptions/resources/read",
    "Microsoft.Network/virtualNetworkGateways/read",
  ],
  risk: "A client certificate or a RADIUS password knows nothing of a second factor, of risky sign-ins or of people who have left. Whoever copies one is in the network until somebody revokes it.",
  remediation: {
    text: "Set the point-to-site configuration's authentication to Microsoft Entra ID and take away certificates and RADIUS; clients then sign in over OpenVPN.",
    url: "https://learn.microsoft.com/azure/vpn-gateway/point-to-site-entra-gateway",
    console: [
      "Open the virtual network gateway in the portal, then Point-to-site configuration.",
      "Set Tunnel type to OpenVPN (SSL).",
      "Set Authentication type to Azure Active Directory alone, fill in tenant, audience and issuer, then Save.",
    ],
    cli: "az network vnet-gateway update --ids {uid} --client-protocol OpenVPN --vpn-auth-type AAD --aad-tenant https://login.microsoftonline.com/TENANT --aad-audience c632b3df-fb67-4d84-bdcf-b95ad541b5c8 --aad-issuer https://sts.windows.net/TENANT/",
    terraform: `resource "azurerm_virtual_network_gateway" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  type                = "Vpn"
  sku                 = "VpnGw2"

  ip_configuration {
    public_ip_address_id = azurerm_public_ip.gateway.id
    subnet_id            = azurerm_subnet.gateway.id
  }

  vpn_client_configuration {
    address_space        = ["172.20.0.0/24"]
    vpn_client_protocols = ["OpenVPN"]
    vpn_auth_types       = ["AAD"]
    aad_tenant           = "https://login.microsoftonline.com/TENANT"
    aad_audience         = "c632b3df-fb67-4d84-bdcf-b95ad541b5c8"
    aad_issuer           = "https://sts.windows.net/TENANT/"
  }
}`,
  },
  evaluate: ({ type, pointToSite }) => {
    if (type !== "Vpn" || !pointToSite) return pass();
    const { authentication } = pointToSite;
    if (!authentication?.length) return unknown("authentication of point-to-site");
    const others = authentication.filter((way) => way !== "AAD");
    return others.length
      ? fail(`People are let in by ${others.join(" and ")}.`, "/pointToSite/authentication")
      : pass();
  },
});
