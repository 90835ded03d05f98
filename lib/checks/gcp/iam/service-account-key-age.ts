import { dayOf, daysSince } from "#lib/checks/days.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const maxDays = 90;

/** Whether a key of so many days is older than it should get. */
export const isDueForRotation = (days: number | null): boolean => days !== null && Math.floor(days) > maxDays;

export const serviceAccountKeyAge = defineCheck({
  id: "gcp.iam.service-account-key-age",
  title: "Service account keys in use are at most 90 days old",
  severity: "medium",
  resource: "gcp.iam.service-account",
  dependsOnTime: true,
  permissions: ["iam.serviceAccounts.list", "iam.serviceAccountKeys.list"],
  risk: "The older a key, the more places it has been copied to, and the longer a leaked one has worked unnoticed. Changing it regularly ends both.",
  remediation: {
    text: "Make a second key, move the software over, then disable and delete the old one. Better still, do without keys.",
    url: "https://docs.cloud.google.com/iam/docs/key-rotation",
    console: [
      "Open the service account under IAM & Admin, Service accounts, Keys.",
      "Add key, Create new key, and put it in the old one's place.",
      "Disable the old key, see that nothing breaks, then delete it.",
    ],
    cli: "gcloud iam service-accounts keys create new-key.json --iam-account={name} --project={account}  # then: gcloud iam service-accounts keys disable OLD_KEY_ID --iam-account={name}",
    terraform: `resource "google_service_account_key" "this" {
  service_account_id = "{name}"
  keepers            = { rotated = time_rotating.sixty_days.rotation_rfc3339 }
}`,
  },
  evaluate: ({ disabled, keys }, { asOf }) => {
    if (!keys) return unknown("keys");
    // A disabled account can't be used by any key, and a disabled or outdated key by nobody.
    const usable = keys.flatMap((key, index) => {
      const ended = daysSince(key.validBefore, asOf);
      const isUsable = !disabled && !key.disabled && (ended === null || ended < 0);
      return isUsable ? [{ ...key, path: `/keys/${index}`, days: daysSince(key.validAfter, asOf) }] : [];
    });
    const old = usable.filter(({ days }) => isDueForRotation(days));
    if (old.length > 0) {
      const said = old.map(
        ({ id, validAfter }) =>
          `Key ${id.slice(0, 8)} dates from ${dayOf(validAfter ?? "")}, over ${maxDays} days ago.`,
      );
      return fail(said.join(" "), ...old.map(({ path }) => path));
    }
    return usable.some(({ days }) => days === null) ? unknown("age of a key") : pass();
  },
});
