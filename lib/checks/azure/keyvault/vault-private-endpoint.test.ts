import { vault } from "#lib/checks/azure/key-vault.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { vaultPrivateEndpoint } from "./vault-private-endpoint.ts";

testCheck(vaultPrivateEndpoint, {
  pass: [vault()],
  fail: [
    [vault({ privateEndpoints: [] }), "The vault has no private endpoint."],
    [
      vault({ privateEndpoints: ["Disconnected"] }),
      "The connection of its private endpoint is Disconnected.",
    ],
  ],
  unknown: [vault({ privateEndpoints: undefined })],
});
