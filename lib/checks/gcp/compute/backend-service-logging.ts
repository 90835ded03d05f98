import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const backendServiceLogging = defineCheck({
  id: "gcp.compute.backend-service-logging",
  title: "HTTP(S) load balancer logs requests to its backend service",
  severity: "medium",
  resource: "gcp.compute.backend-service",
  permissions: ["compute.backendServices.list"],
  risk: "The load balancer sees the real sender of every request. Without its log, attacks on the application can be neither traced nor counted.",
  remediation: {
    text: "Turn on logging for the backend service. On the command line, a regional one takes --region in place of --global.",
    url: "https://docs.cloud.google.com/load-balancing/docs/https/https-logging-monitoring",
    console: [
      "Open Load balancing, choose the load balancer, and Edit.",
      "Backend configuration: Edit the backend service, Enable logging, sample rate 1.",
      "Update.",
    ],
    cli: "gcloud compute backend-services update {name} --global --project {account} --enable-logging --logging-sample-rate 1",
    terraform: `resource "google_compute_backend_service" "this" {
  # …
  log_config {
    enable      = true
    sample_rate = 1
  }
}`,
  },
  evaluate: ({ scheme, protocol, logging }) => {
    if (!mayServeRequests(scheme, protocol)) return pass();
    if (scheme === undefined) return unknown("load balancing scheme");
    if (protocol === undefined) return unknown("protocol");
    if (!logging.enabled) return fail("Requests are not logged.", "/logging/enabled");
    return logging.sampleRate === 0
      ? fail("Requests are logged with a sample rate of 0.", "/logging/sampleRate")
      : pass();
  },
});

/** Protocols of Application Load Balancers; TCP, SSL and UDP belong to network load balancers. */
const requestProtocols = ["HTTP", "HTTPS", "HTTP2", "H2C", "GRPC"];
/** Traffic Director's own scheme (`INTERNAL_SELF_MANAGED`) has no load balancer that could log. */
const requestSchemes = ["EXTERNAL", "EXTERNAL_MANAGED", "INTERNAL_MANAGED"];

/** Whether what is known of a backend service leaves it open that it serves requests, which can be logged. */
export const mayServeRequests = (scheme: string | undefined, protocol: string | undefined): boolean =>
  (protocol === undefined || requestProtocols.includes(protocol)) &&
  (scheme === undefined || requestSchemes.includes(scheme));
