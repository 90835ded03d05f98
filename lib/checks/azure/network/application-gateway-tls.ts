import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { TlsPolicy } from "#lib/inventory/azure/network.kinds.ts";

/** The oldest version that each of Azure's predefined policies accepts. */
const predefined: Readonly<Record<string, string>> = {
  AppGwSslPolicy20150501: "1.0",
  AppGwSslPolicy20170401: "1.1",
  AppGwSslPolicy20170401S: "1.2",
  AppGwSslPolicy20220101: "1.2",
  AppGwSslPolicy20220101S: "1.2",
};
const versions = ["TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3"];
const written = (version: string) => version.replace("TLSv", "").replace("_", ".");

/** The oldest version that a policy accepts, such as `1.0`; `null` when it can't be told. */
function oldestOf({ type, name, minVersion, disabledProtocols }: TlsPolicy): string | null {
  if (type === "Predefined" || (name !== null && minVersion === null)) return predefined[name ?? ""] ?? null;
  const from = versions.indexOf(minVersion ?? "");
  if (minVersion !== null && from === -1) return null;
  const first = versions.slice(Math.max(from, 0)).find((version) => !disabledProtocols.includes(version));
  // The older way, without a policy at all: single versions are disabled.
  return first === undefined || (minVersion === null && !disabledProtocols.length) ? null : written(first);
}

export const applicationGatewayTls = defineCheck({
  id: "azure.network.application-gateway-tls",
  title: "Application gateway accepts TLS 1.2 or newer alone",
  severity: "medium",
  resource: "azure.network.application-gateway",
  permissions: ["Microsoft.Network/applicationGateways/read"],
  risk: "TLS 1.0 and 1.1 rest on broken ciphers and hashes. Who sits on the path can force a browser down to them and read or alter what is sent.",
  remediation: {
    text: "Choose a predefined policy from 2022 on, or set the minimum version of a custom one to TLS 1.2, for the gateway and for its SSL profiles.",
    url: "https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview",
    console: [
      "Open the application gateway in the portal, then Listeners.",
      "Select Change next to the SSL policy and choose AppGwSslPolicy20220101 or a newer one.",
      "Do the same for each profile under SSL settings, then Save.",
    ],
    cli: "az network application-gateway ssl-policy set --subscription {account} --resource-group GROUP --gateway-name {name} --policy-type Predefined --name AppGwSslPolicy20220101",
    terraform: `resource "azurerm_application_gateway" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"

  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20220101"
  }
  # listeners, pools and rules as they are
}`,
  },
  evaluate: ({ tlsPolicies, hasTlsPolicy, defaultTlsPolicy }) => {
    let untold = "";
    for (const [index, policy] of tlsPolicies.entries()) {
      const oldest = oldestOf(policy);
      if (oldest === null) untold ||= `what the TLS policy of ${policy.of} accepts`;
      else if (oldest < "1.2") {
        const whose = policy.of === "gateway" ? "The gateway" : `The SSL ${policy.of}`;
        return fail(`${whose} accepts TLS ${oldest}.`, `/tlsPolicies/${index}`);
      }
    }
    if (!hasTlsPolicy) {
      const oldest = predefined[defaultTlsPolicy ?? ""];
      if (oldest === undefined) untold ||= "which TLS policy applies by default";
      else if (oldest < "1.2")
        return fail(
          `The gateway has no policy of its own, and the default accepts TLS ${oldest}.`,
          "/defaultTlsPolicy",
        );
    }
    return untold ? unknown(untold) : pass();
  },
});
