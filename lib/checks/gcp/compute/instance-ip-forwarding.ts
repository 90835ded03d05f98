import { isGkeNode } from "#lib/checks/gcp/instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceIpForwarding = defineCheck({
  id: "gcp.compute.instance-ip-forwarding",
  title: "Instance does not forward IP packets",
  severity: "medium",
  resource: "gcp.compute.instance",
  permissions: ["compute.instances.list"],
  risk: "An instance that may forward sends and takes packets under addresses that are not its own. Whoever holds it can pose as other machines and read what passes.",
  remediation: {
    text: "Only routers and firewalls need IP forwarding: turn it off for every other instance. The change restarts it.",
    url: "https://docs.cloud.google.com/vpc/docs/using-routes#canipforward",
    console: [
      "The console can't change it: open Cloud Shell from there.",
      "Export the instance, set canIpForward to false in the file, and update the instance from it.",
      "Check that nothing was routed through the instance.",
    ],
    cli: "gcloud compute instances export {name} --zone ZONE --project {account} --destination instance.yaml && sed -i 's/canIpForward: true/canIpForward: false/' instance.yaml && gcloud compute instances update-from-file {name} --zone ZONE --project {account} --source instance.yaml --most-disruptive-allowed-action RESTART",
    terraform: `resource "google_compute_instance" "this" {
  # …
  can_ip_forward = false
}`,
  },
  evaluate: ({ canIpForward }, { resource }) => {
    if (canIpForward === undefined) return unknown("IP forwarding");
    // The routes of a cluster's pods lead through its nodes.
    if (!canIpForward || isGkeNode(resource)) return pass();
    return fail("The instance may forward packets of other addresses.", "/canIpForward");
  },
});
