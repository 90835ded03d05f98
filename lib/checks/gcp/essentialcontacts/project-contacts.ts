import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const needed = ["LEGAL", "SECURITY", "SUSPENSION", "TECHNICAL"];

export const projectContacts = defineCheck({
  id: "gcp.essentialcontacts.project-contacts",
  title: "Google knows whom to write to about the project",
  severity: "low",
  resource: "gcp.essentialcontacts.project",
  permissions: ["essentialcontacts.contacts.list"],
  risk: "Warnings of a leaked key, an abused machine or a coming suspension otherwise go to whoever has the right role, who may have left. Hours are lost in which the harm could be stopped.",
  remediation: {
    text: "Name contacts for legal, security, suspension and technical notices, best on the organization, and mailing lists rather than people.",
    url: "https://docs.cloud.google.com/resource-manager/docs/manage-essential-contacts",
    console: [
      "Choose the organization (or the project) and open IAM & Admin, Essential Contacts.",
      "Add contact: a mailing list, with Legal, Security, Suspension and Technical.",
      "Save, and send a test email.",
    ],
    cli: "gcloud essential-contacts create --email=EMAIL --notification-categories=legal,security,suspension,technical --language=en --project={account}",
    terraform: `resource "google_essential_contacts_contact" "security" {
  parent                              = "projects/{account}"
  email                               = "security@example.com"
  language_tag                        = "en"
  notification_category_subscriptions = ["LEGAL", "SECURITY", "SUSPENSION", "TECHNICAL"]
}`,
  },
  evaluate: ({ contacts }) => {
    if (!contacts) return unknown("essential contacts");
    const covered = contacts.filter(({ valid }) => valid).flatMap(({ categories }) => categories);
    if (covered.includes("ALL")) return pass();
    const left = needed.filter((category) => !covered.includes(category));
    const said = listWords(left.map((category) => category.toLowerCase()));
    return left.length === 0
      ? pass()
      : fail(`No working contact is on record for ${said} notices.`, "/contacts");
  },
});
