import { deny, group, rule, unreadGroup } from "#lib/checks/azure/security-rules.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { securityGroupHttp } from "./security-group-http.ts";

const web = { destinationPorts: ["80", "443"] };

testCheck(securityGroupHttp, {
  pass: [
    group(rule("ssh", 100)),
    group(rule("front-door", 100, { ...web, sources: ["AzureFrontDoor.Backend"] })),
    group(deny("no-web", 100, web), rule("all", 200, { destinationPorts: ["*"] })),
  ],
  fail: [
    [
      group(rule("web", 100, web)),
      "Ports 80 and 443 are open to the internet by rule web (tcp 80 and 443 from *).",
    ],
    [
      group(rule("https", 100, { destinationPorts: ["443"], sources: ["Internet"] })),
      "Port 443 is open to the internet by rule https (tcp 443 from Internet).",
    ],
    [
      group(deny("no-http", 100, { destinationPorts: ["80"] }), rule("web", 200, web)),
      "Port 443 is open to the internet by rule web (tcp 80 and 443 from *).",
    ],
  ],
  unknown: [unreadGroup],
});
