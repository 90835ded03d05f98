import type { AzureDatabaseKinds } from "#lib/inventory/azure/databases.kinds.ts";
import { allOfAzure, everyone, office, rule } from "./database-servers.test-data.ts";

type Change = Pick<AzureDatabaseKinds["azure.postgresql.server"], "publicNetworkAccess" | "firewallRules">;

/** Servers whose firewall keeps the internet out, lets it in, or is not known; `server` makes one of them. */
export const firewallExamples = <S>(server: (change?: Change) => S) => ({
  pass: [
    server({ publicNetworkAccess: "Disabled", firewallRules: [everyone] }),
    server({ publicNetworkAccess: "Disabled" }),
    server({ publicNetworkAccess: "Enabled", firewallRules: [office, allOfAzure] }),
    server({ firewallRules: [] }),
    server({
      publicNetworkAccess: "Enabled",
      firewallRules: [rule("odd", "9.9.9.9", "1.1.1.1"), rule("none", "", "x")],
    }),
    server({
      publicNetworkAccess: "Enabled",
      firewallRules: [rule("one", "17.0.0.0", "17.255.255.255")],
    }),
  ],
  fail: [
    [
      server({ publicNetworkAccess: "Enabled", firewallRules: [office, everyone] }),
      "Rule everyone (0.0.0.0 to 255.255.255.255) lets the internet in.",
    ],
    [
      server({
        publicNetworkAccess: "Enabled",
        firewallRules: [rule("most", "1.0.0.1", "200.0.0.0")],
      }),
      "Rule most (1.0.0.1 to 200.0.0.0) lets the internet in.",
    ],
    [
      server({
        publicNetworkAccess: "Enabled",
        firewallRules: [
          rule("a", "8.0.0.0", "8.255.255.255"),
          allOfAzure,
          rule("b", "9.0.0.0", "9.255.255.255"),
        ],
      }),
      "Rules a (8.0.0.0 to 8.255.255.255), b (9.0.0.0 to 9.255.255.255) let the internet in.",
    ],
  ] satisfies [S, string][],
  unknown: [server(), server({ publicNetworkAccess: "Enabled" }), server({ firewallRules: [everyone] })],
});
