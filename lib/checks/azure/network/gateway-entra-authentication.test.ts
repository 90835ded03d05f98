import { testCheck } from "#lib/checks/test-check.ts";
import { gatewayEntraAuthentication } from "./gateway-entra-authentication.ts";

const gateway = (authentication?: string[]) => ({
  config: {
    type: "Vpn" as const,
    sku: "VpnGw2",
    pointToSite: { ...(authentication ? { authentication } : {}), protocols: ["OpenVPN"] },
  },
});

testCheck(gatewayEntraAuthentication, {
  pass: [
    gateway(["AAD"]),
    { config: { type: "Vpn", sku: null, pointToSite: null } },
    { config: { ...gateway(["Certificate"]).config, type: "ExpressRoute" } },
  ],
  fail: [
    [gateway(["Certificate"]), "People are let in by Certificate."],
    [gateway(["AAD", "Certificate", "Radius"]), "People are let in by Certificate and Radius."],
  ],
  unknown: [gateway(), gateway([])],
});
