import { describe, expect, it } from "vitest";
import { type LogEntry, matchesEveryEntry, matchLogFilter } from "./log-filter-match.ts";

const entry: LogEntry = {
  logName: "projects/p/logs/cloudaudit.googleapis.com%2Factivity",
  severity: "NOTICE",
  resource: { type: "gce_network", labels: {} },
  textPayload: null,
  protoPayload: {
    methodName: "v1.compute.networks.insert",
    serviceData: { deltas: [{ action: "ADD", role: "roles/owner" }, { action: "REMOVE" }] },
  },
};

describe("matchLogFilter", () => {
  it.each([
    "",
    'resource.type="GCE_Network"',
    'RESOURCE.type = "gce_network" AND proto_payload.method_name:"compute.networks.INSERT"',
    'protoPayload.methodName=~"networks\\.(insert|delete)$"',
    'protoPayload.methodName=~"(?i)V1\\.COMPUTE"',
    'protoPayload.methodName!~"firewalls"',
    'protoPayload.methodName!="other"',
    'protoPayload.methodName=("x" OR "v1.compute.networks.insert")',
    "severity>=NOTICE AND severity<ERROR AND severity<=notice",
    "severity>=DEFAULT",
    "protoPayload.serviceData.deltas:*",
    'protoPayload.serviceData.deltas.action="REMOVE"',
    'log_id("cloudaudit.googleapis.com/activity")',
    'logName:"cloudaudit.googleapis.com"',
    "networks.insert",
    'protoPayload:"networks"',
    "NOT textPayload:robot",
    'textPayload:"x" OR resource.type:network',
    'resource.type:"network" OR protoPayload.other="x"',
  ])("matches by %j", (filter) => {
    expect(matchLogFilter(filter, entry)).toBe("yes");
  });
  it.each([
    'resource.type="gce_route"',
    'NOT resource.type="gce_network"',
    'protoPayload.methodName="networks.insert"',
    'protoPayload.methodName=~"^networks"',
    'protoPayload.methodName=~"NETWORKS"',
    "severity>NOTICE",
    "severity>=ERROR",
    "textPayload:*",
    'textPayload:"robot"',
    'log_id("stdout")',
    // OR binds first, so that the type is asked for in any case.
    'resource.type="gce_route" AND protoPayload.methodName:"a" OR protoPayload.methodName:"compute"',
    'protoPayload.other="x" AND resource.type="gce_route"',
  ])("doesn't match by %j", (filter) => {
    expect(matchLogFilter(filter, entry)).toBe("no");
  });
  it.each([
    'protoPayload.authenticationInfo.principalEmail:"terraform"',
    'NOT protoPayload.authenticationInfo.principalEmail:"terraform"',
    'protoPayload.serviceData.deltas.role="roles/owner"',
    "another-word",
    "sample(insertId, 0.1)",
    'resource.labels.project_id="p"',
  ])("depends on what isn't told by %j", (filter) => {
    expect(matchLogFilter(filter, entry)).toBe("depends");
  });
  it.each([
    "(",
    'ip_in_net(x, "10.0.0.0/8")',
    'protoPayload.methodName=~"(a+)+$"',
    'protoPayload.methodName=~"["',
  ])("isn't clear about %j", (filter) => {
    expect(matchLogFilter(filter, entry)).toBe("unclear");
  });
  it("is clear where what it doesn't understand makes no difference", () => {
    expect(matchLogFilter('resource.type="gce_route" AND ip_in_net(x, "10.0.0.0/8")', entry)).toBe("no");
    expect(matchLogFilter('resource.type="gce_network" OR ip_in_net(x, "10.0.0.0/8")', entry)).toBe("yes");
  });
});

describe("matchesEveryEntry", () => {
  it.each(["", "-- everything\n", "logName:*", "severity>=DEFAULT", "timestamp:* OR textPayload:x"])(
    "is true of %j",
    (filter) => {
      expect(matchesEveryEntry(filter)).toBe(true);
    },
  );
  it.each([
    'NOT LOG_ID("cloudaudit.googleapis.com/activity")',
    "severity>=INFO",
    'resource.type="gce_instance"',
    "protoPayload:*",
    "error",
    "(",
  ])("is false of %j", (filter) => {
    expect(matchesEveryEntry(filter)).toBe(false);
  });
});
