import { testCheck } from "#lib/checks/test-check.ts";
import type { FlowLog } from "#lib/inventory/aws/ec2.kinds.ts";
import { vpcFlowLogs } from "./vpc-flow-logs.ts";

const vpc = {
  isDefault: false,
  state: "available",
  cidr: "10.0.0.0/16",
  cidrs: ["10.0.0.0/16"],
  ipv6Cidrs: [],
};
const log = (change: Partial<FlowLog> = {}): FlowLog => ({
  id: "fl-1",
  status: "ACTIVE",
  trafficType: "ALL",
  destinationType: "s3",
  destination: "arn:aws:s3:::flow-logs",
  deliveryStatus: "SUCCESS",
  ...change,
});
const withLogs = (...flowLogs: FlowLog[]) => ({ config: { ...vpc, flowLogs } });

testCheck(vpcFlowLogs, {
  pass: [
    withLogs(log()),
    withLogs(log({ trafficType: "REJECT", deliveryStatus: null })),
    withLogs(log({ trafficType: "ACCEPT" }), log()),
    withLogs(log({ deliveryStatus: "FAILED" }), log()),
  ],
  fail: [
    [withLogs(), "The VPC has no active flow log."],
    [withLogs(log({ status: "INACTIVE" })), "The VPC has no active flow log."],
    [withLogs(log({ trafficType: "ACCEPT" })), "Flow logs record accepted traffic alone."],
    [withLogs(log({ deliveryStatus: "FAILED" })), "Flow log fl-1 can't deliver its records."],
  ],
  unknown: [{ config: vpc }],
});
