import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const vpcFlowLogs = defineCheck({
  id: "aws.ec2.vpc-flow-logs",
  title: "VPC logs rejected traffic",
  severity: "medium",
  resource: "aws.ec2.vpc",
  permissions: ["ec2:DescribeFlowLogs"],
  risk: "Without flow logs there is no record of who talked to what, so scans and stolen data leave no trace in the network. Refused traffic is where an attack shows first.",
  remediation: {
    text: "Create a flow log on the VPC for all traffic, or at least for rejected traffic.",
    url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    console: [
      "Select the VPC in the VPC console.",
      "Flow logs, Create flow log.",
      "Filter All or Reject, choose a destination, then Create flow log.",
    ],
    cli: "aws ec2 create-flow-logs --region {region} --resource-type VPC --resource-ids {id} --traffic-type ALL --log-destination-type s3 --log-destination BUCKET_ARN",
    terraform: `resource "aws_flow_log" "this" {
  vpc_id               = "{id}"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.flow_logs.arn
}`,
  },
  evaluate: ({ flowLogs }) => {
    if (!flowLogs) return unknown("flow logs");
    const active = flowLogs.filter((log) => log.status.toUpperCase() === "ACTIVE");
    if (!active.length) return fail("The VPC has no active flow log.", "/flowLogs");
    const recording = active.filter((log) => log.trafficType !== "ACCEPT");
    if (!recording.length) return fail("Flow logs record accepted traffic alone.", "/flowLogs/0/trafficType");
    return recording.some((log) => log.deliveryStatus?.toUpperCase() !== "FAILED")
      ? pass()
      : fail(`Flow log ${recording[0]?.id} can't deliver its records.`, "/flowLogs");
  },
});
