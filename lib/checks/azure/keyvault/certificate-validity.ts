import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

/** Twelve months, and the minutes by which issuers date certificates back. */
const maxDays = 367;

export const certificateValidity = defineCheck({
  id: "azure.keyvault.certificate-validity",
  title: "Key Vault certificate lives a year at most",
  severity: "low",
  resource: "azure.keyvault.secret",
  permissions: ["Microsoft.KeyVault/vaults/read", "Microsoft.KeyVault/vaults/secrets/read"],
  risk: "The longer a certificate holds, the longer whoever copied its key can pass for its owner. Short lives also keep renewal in practice.",
  remediation: {
    text: "Set the validity period of the certificate's issuance policy to 12 months or less, and renew it.",
    url: "https://learn.microsoft.com/azure/key-vault/certificates/about-certificates",
    console: [
      "Open Certificates in the vault in the portal and choose {name}.",
      "Select Issuance Policy and set Validity Period (in months) to 12 or less.",
      "Save, then select New Version so that the policy takes effect.",
    ],
    cli: "az keyvault certificate create --vault-name VAULT --name {name} --policy @POLICY.json --validity 12",
    terraform: `resource "azurerm_key_vault_certificate" "this" {
  name = "{name}"
  # …

  certificate_policy {
    # …
    x509_certificate_properties {
      # …
      validity_in_months = 12
    }
  }
}`,
  },
  evaluate: ({ enabled, contentType, notBefore, expiresAt }) => {
    // Azure Resource Manager doesn't list certificates, but each is a secret as well, with the certificate's own dates.
    if (!/^application\/x-(pkcs12|pem-file)$/i.test(contentType ?? "") || enabled === false) return pass();
    if (enabled === undefined || !notBefore || !expiresAt) return unknown("validity of the certificate");
    const days = Math.round((Date.parse(expiresAt) - Date.parse(notBefore)) / 86_400_000);
    if (Number.isNaN(days)) return unknown("validity of the certificate");
    return days <= maxDays
      ? pass()
      : fail(`The certificate holds for ${days} days.`, "/notBefore", "/expiresAt");
  },
});
