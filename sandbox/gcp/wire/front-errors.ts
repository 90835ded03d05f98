import type { Outage } from "#sandbox/faults.ts";
import { type GcpApi, GcpError, type GcpProject } from "../model.ts";

/** What Google answers before an API is asked: who is calling, whether they may, and whether the API is in use. */

export const unauthenticated = (broughtToken: boolean): GcpError =>
  new GcpError(
    "UNAUTHENTICATED",
    broughtToken
      ? "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
      : "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    { reason: broughtToken ? "authError" : "required" },
  );

export function accessDenied(
  style: GcpApi["errors"],
  permission: string,
  service: string,
  email: string,
  resource: string,
): GcpError {
  const message =
    style === "legacy"
      ? `${email} does not have ${permission} access to ${resource}. Permission '${permission}' denied on resource (or it may not exist).`
      : `Permission '${permission}' denied on resource '//${service}/${resource}' (or it may not exist).`;
  const info = {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    reason: "IAM_PERMISSION_DENIED",
    domain: "iam.googleapis.com",
    metadata: { permission, resource },
  };
  return new GcpError("PERMISSION_DENIED", message, style === "rpc" ? { details: [info] } : {});
}

export function serviceDisabled(api: GcpApi, { number }: GcpProject): GcpError {
  const url = `https://console.developers.google.com/apis/api/${api.host}/overview?project=${number}`;
  const message = `${api.title} has not been used in project ${number} before or it is disabled. Enable it by visiting ${url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;
  return new GcpError("PERMISSION_DENIED", message, {
    reason: "accessNotConfigured",
    domain: "usageLimits",
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.Help",
        links: [{ description: "Google developers console API activation", url }],
      },
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "SERVICE_DISABLED",
        domain: "googleapis.com",
        metadata: { consumer: `projects/${number}`, service: api.host, serviceTitle: api.title },
      },
    ],
  });
}

export function outageError(outage: Outage, style: GcpApi["errors"], title: string): GcpError {
  switch (outage) {
    case "expired":
      return unauthenticated(true);
    case "throttled":
      // The older APIs say so with 403, the newer with 429.
      return style === "legacy"
        ? new GcpError("PERMISSION_DENIED", "Rate Limit Exceeded", {
            reason: "rateLimitExceeded",
            domain: "usageLimits",
          })
        : new GcpError(
            "RESOURCE_EXHAUSTED",
            `Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of ${title}.`,
            {
              details: [
                {
                  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                  reason: "RATE_LIMIT_EXCEEDED",
                  domain: "googleapis.com",
                },
              ],
            },
          );
    case "internal":
      return style === "legacy"
        ? new GcpError("UNAVAILABLE", "Backend Error", { reason: "backendError" })
        : new GcpError("INTERNAL", "Internal error encountered.");
    case "denied":
      return new GcpError("PERMISSION_DENIED", "The caller does not have permission");
  }
}
