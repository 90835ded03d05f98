import { describe, expect, it } from "vitest";
import type { Related } from "#lib/checks/model.ts";
import { alert, is, watched } from "./activity-log-alerts.test-data.ts";
import { judgeAlertOn, operationEvent, serviceIssueEvent } from "./activity-log-alerts.ts";

const operation = "Microsoft.Network/networkSecurityGroups/write";
const event = operationEvent(operation);
const administrative = is("category", "Administrative");
const named = is("operationName", operation);

function judge(watching: typeof event, ...alerts: ReturnType<typeof alert>[]) {
  const { account, related } = watched(...alerts);
  const items = related.map((one) => ({
    uid: one.name,
    account,
    region: "global",
    tags: {},
    unread: [],
    ...one,
  }));
  const index: Related<"azure.monitor.activity-log-alert"> = {
    of: () => ({ items, complete: true }) as never,
  };
  const verdict = judgeAlertOn(watching, account, index);
  return verdict.status === "fail"
    ? verdict.reason.replace(/^No activity log alert tells of [^:]*?(: |\.$)/, "")
    : verdict.status;
}

describe("an alert on an operation", () => {
  it.each([
    ["names it", [administrative, named], "pass"],
    ["takes the whole category", [administrative], "pass"],
    [
      "names several",
      [administrative, is("operationName", "Microsoft.Sql/servers/write", operation)],
      "pass",
    ],
    [
      "names it among alternatives",
      [
        administrative,
        { anyOf: [...is("operationName", "Microsoft.Sql/servers/write").anyOf, ...named.anyOf] },
      ],
      "pass",
    ],
    ["waits for success", [administrative, named, is("status", "succeeded")], "pass"],
    [
      "takes levels with the usual one",
      [administrative, named, is("level", "Warning", "Informational")],
      "pass",
    ],
    [
      "names the type instead",
      [administrative, is("resourceType", "microsoft.network/networksecuritygroups")],
      "pass",
    ],
    [
      "is for failures alone",
      [administrative, named, is("status", "Failed")],
      "changes is limited by status.",
    ],
    ["is for errors alone", [administrative, named, is("level", "Error")], "changes is limited by level."],
    [
      "is for one caller",
      [administrative, named, is("caller", "sam@acme.example")],
      "changes is limited by caller.",
    ],
    [
      "is for one group",
      [named, administrative, is("resourceGroup", "web")],
      "changes is limited by resourceGroup.",
    ],
    ["is in a category that has no such events", [is("category", "Security"), named], ""],
    ["is about another type", [administrative, is("resourceType", "Microsoft.Compute/virtualMachines")], ""],
    ["has no condition", [], ""],
  ])("that %s", (_, conditions, expected) => {
    expect(judge(event, alert({ conditions }))).toBe(expected);
  });

  it("has to cover the subscription", () => {
    const { account } = watched();
    const scoped = (...scopes: string[]) => judge(event, alert({ operation, scopes }));
    expect(scoped(`subscriptions/${account.toUpperCase()}`)).toBe("pass");
    expect(scoped(`/subscriptions/${account}/`)).toBe("pass");
    expect(scoped(`/subscriptions/${account}/resourceGroups/web`)).toBe(
      "changes covers only a part of the subscription.",
    );
    expect(scoped("/subscriptions/8b1f6471-1bf0-4dda-aec3-cb9272f09590")).toBe(
      "changes covers only a part of the subscription.",
    );
  });

  it("that can't be read in full says nothing, unless what is known rules it out", () => {
    expect(judge(event, alert({ operation, scopes: undefined }))).toBe("unknown");
    expect(judge(event, alert({ conditions: undefined }))).toBe("unknown");
    expect(judge(event, alert({ operation, actionGroupIds: undefined }))).toBe("unknown");
    expect(judge(event, alert({ conditions: undefined, enabled: false }))).toBe("changes is switched off.");
    expect(judge(event, alert({ operation, scopes: undefined, actionGroupIds: [] }))).toBe(
      "changes has no action group to tell.",
    );
  });
});

describe("an alert on service health", () => {
  const health = is("category", "ServiceHealth");
  const services = is("properties.impactedServices[*].ServiceName", "Key Vault", "Storage");
  const regions = is("properties.impactedServices[*].ImpactedRegions[*].RegionName", "West Europe");
  it.each([
    ["takes all of it", [health], "pass"],
    ["takes incidents", [health, is("properties.incidentType", "Incident")], "pass"],
    ["is for some services and regions", [health, services, regions], "pass"],
    [
      "is for maintenance",
      [health, is("properties.incidentType", "Maintenance")],
      "changes is limited by properties.incidentType.",
    ],
    ["is about something else", [administrative, named], ""],
  ])("that %s", (_, conditions, expected) => {
    expect(judge(serviceIssueEvent, alert({ conditions }))).toBe(expected);
  });
});
