import { isOverdue, maxSecretDays } from "#lib/checks/azure/application-secrets.ts";
import { dayOf } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const applicationSecretAge = defineCheck({
  id: "azure.entra.application-secret-age",
  title: "Application's client secrets are newer than 180 days",
  severity: "medium",
  resource: "azure.entra.application",
  dependsOnTime: true,
  permissions: ["Application.Read.All"],
  risk: "A client secret signs in without a person and without a second factor. The older it is, the more files, pipelines and former colleagues know it.",
  remediation: {
    text: "Add a new secret, move the application to it, then remove the old one; better, use a managed identity, federated credentials or a certificate.",
    url: "https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration",
    console: [
      "Microsoft Entra admin center: App registrations; open the application.",
      "Certificates & secrets, New client secret, and give it to the application.",
      "Delete the old secret once nothing signs in with it.",
    ],
    cli: "az ad app credential reset --id {id} --append --display-name NAME --end-date DATE",
    terraform: `resource "azuread_application_password" "this" {
  application_id = azuread_application.this.id
  display_name   = "rotated"

  rotate_when_changed = {
    rotation = time_rotating.half_a_year.id
  }
}`,
  },
  evaluate: ({ secrets }, { asOf }) => {
    if (!secrets) return unknown("client secrets");
    const judged = secrets.map((secret, index) => ({ secret, index, overdue: isOverdue(secret, asOf) }));
    const old = judged.filter(({ overdue }) => overdue);
    if (old.length > 0) {
      const told = old
        .slice(0, 3)
        .map(({ secret }) => `${secret.name ?? secret.id} is from ${dayOf(secret.createdAt ?? "")}`);
      const more = old.length > told.length ? `, and ${old.length - told.length} more` : "";
      return fail(
        `Client secrets are older than ${maxSecretDays} days: ${told.join(", ")}${more}.`,
        ...old.map(({ index }) => `/secrets/${index}/createdAt`),
      );
    }
    return judged.some(({ overdue }) => overdue === undefined)
      ? unknown("age of the client secrets")
      : pass();
  },
});
