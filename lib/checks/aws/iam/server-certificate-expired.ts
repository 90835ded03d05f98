import { daysSince } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const serverCertificateExpired = defineCheck({
  id: "aws.iam.server-certificate-expired",
  title: "Server certificate in IAM has not expired",
  severity: "medium",
  resource: "aws.iam.server-certificate",
  dependsOnTime: true,
  permissions: ["iam:ListServerCertificates"],
  risk: "An expired certificate put on a load balancer by mistake breaks every client, or teaches users to click warnings away. Keeping it has no use.",
  remediation: {
    text: "Delete the certificate when nothing uses it, and keep certificates in ACM, which renews them.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html",
    console: [
      "Server certificates in IAM have no page in the console: use the command line.",
      "Replace the certificate at the listener that uses it by one from ACM.",
      "Then delete it.",
    ],
    cli: "aws iam delete-server-certificate --server-certificate-name {name}",
    terraform: `resource "aws_acm_certificate" "this" {
  domain_name       = "example.com"
  validation_method = "DNS"
}`,
  },
  evaluate: ({ expiresAt }, { asOf }) => {
    const days = daysSince(expiresAt ?? null, asOf);
    if (days === null) return unknown("expiry date");
    return days > 0 ? fail(`The certificate expired on ${expiresAt?.slice(0, 10)}.`, "/expiresAt") : pass();
  },
});
