import { defineCheck, fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";

const maxDays = 90;
const daySeconds = 86_400;

export const gcpKeyRotation = defineCheck({
  id: "gcp.kms.key-rotation",
  title: "Cloud KMS key rotates every 90 days or sooner",
  severity: "medium",
  resource: "gcp.kms.key",
  dependsOnTime: true,
  permissions: ["cloudkms.cryptoKeys.list"],
  risk: "The longer one key version encrypts everything, the more is lost when it leaks. Rotation limits that, and changes nothing for those who use the key.",
  remediation: {
    text: "Set a rotation period of 90 days or less and a next rotation within them; older versions go on decrypting.",
    url: "https://docs.cloud.google.com/kms/docs/rotate-key",
    console: [
      "Open the key in Key Management, on its key ring.",
      "Edit rotation period.",
      "Choose 90 days or less and a starting date within them, then Save.",
    ],
    cli: "gcloud kms keys update {name} --keyring KEY_RING --location {region} --project {account} --rotation-period 90d --next-rotation-time +p1d",
    terraform: `resource "google_kms_crypto_key" "this" {
  name            = "{name}"
  key_ring        = "KEY_RING"
  rotation_period = "7776000s"
}`,
  },
  evaluate: (key, { asOf }) => {
    const { purpose, rotationPeriodSeconds: period, nextRotationAt: next } = key;
    if (purpose === undefined) return unknown("purpose of the key");
    // The service rotates only keys that encrypt and decrypt; and a key with no version in use encrypts nothing new.
    if (purpose !== "ENCRYPT_DECRYPT" || key.primaryState !== "ENABLED") return pass();
    if (key.importOnly || key.protectionLevel?.startsWith("EXTERNAL")) {
      return judgeByHand(key.primaryCreatedAt, asOf);
    }
    if (period === undefined) return unknown("rotation period");
    if (period === null) return fail("The key is not rotated.", "/rotationPeriodSeconds");
    if (period > maxDays * daySeconds) {
      const days = Math.floor(period / daySeconds);
      return fail(`The key is rotated every ${days} days.`, "/rotationPeriodSeconds");
    }
    if (next === undefined) return unknown("next rotation");
    if (next === null) return fail("No next rotation is set.", "/nextRotationAt");
    return daysBetween(asOf, next) > maxDays
      ? fail(`The next rotation is on ${next.slice(0, 10)}.`, "/nextRotationAt")
      : pass();
  },
});

/** The service can't rotate a key whose material comes from outside; what counts is when its owner last did. */
function judgeByHand(since: string | null | undefined, asOf: Date): Verdict {
  if (!since) return unknown("age of the key version in use");
  return -daysBetween(asOf, since) > maxDays
    ? fail(
        `Its material comes from outside, and was last renewed on ${since.slice(0, 10)}.`,
        "/primaryCreatedAt",
      )
    : pass();
}

const daysBetween = (from: Date, to: string): number => (Date.parse(to) - from.getTime()) / 1000 / daySeconds;
