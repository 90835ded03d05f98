import { listWords } from "#lib/checks/gcp/words.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { ApplicationRestriction } from "#lib/inventory/gcp/apikeys.kinds.ts";

export const keyApplicationRestrictions = defineCheck({
  id: "gcp.apikeys.key-application-restrictions",
  title: "API key works only from chosen sites, addresses or apps",
  severity: "medium",
  resource: "gcp.apikeys.key",
  permissions: ["apikeys.keys.list"],
  risk: "Keys lie open in web pages and apps, and bots collect them. One that works from anywhere is used by strangers, at your cost and against your quotas.",
  remediation: {
    text: "Restrict the key to the web sites, server addresses or apps that use it, without wildcards for all of them.",
    url: "https://docs.cloud.google.com/docs/authentication/api-keys#adding-application-restrictions",
    console: [
      "Open APIs & Services, Credentials, and the key.",
      "Under Application restrictions choose the kind, and add each site, address range or app.",
      "Save.",
    ],
    cli: "gcloud services api-keys update {id} --allowed-referrers=https://www.example.com/* --project={account}",
    terraform: `resource "google_apikeys_key" "this" {
  name         = "{id}"
  display_name = "{name}"
  project      = "{account}"
  restrictions {
    browser_key_restrictions { allowed_referrers = ["https://www.example.com/*"] }
  }
}`,
  },
  evaluate: ({ application }) => {
    if (application === undefined) return unknown("application restrictions");
    if (application === null) return fail("The key works from anywhere.", "/application");
    const { values, open, field } = judge(application);
    if (open.length > 0)
      return fail(
        `The key works from anywhere, as it allows ${listWords(open.map(({ value }) => value))}.`,
        ...open.map(({ index }) => `/application/${field}/${index}`),
      );
    return values === 0 ? fail("The key works from anywhere.", "/application") : pass();
  },
});

/** What a restriction lists, and which of it stands for everywhere. */
function judge(restriction: ApplicationRestriction) {
  const openOf = (values: readonly string[], isOpen: (value: string) => boolean) =>
    values.flatMap((value, index) => (isOpen(value) ? [{ value, index }] : []));
  switch (restriction.type) {
    case "browser": {
      const { allowedReferrers: values } = restriction;
      return { values: values.length, open: openOf(values, isEverySite), field: "allowedReferrers" };
    }
    case "server": {
      const { allowedIps: values } = restriction;
      return { values: values.length, open: openOf(values, isEveryAddress), field: "allowedIps" };
    }
    case "android":
      return { values: restriction.applications.length, open: [], field: "applications" };
    case "ios":
      return { values: restriction.allowedBundleIds.length, open: [], field: "allowedBundleIds" };
  }
}

/** `*`, or every site of a top-level domain, such as `*.com/*`. */
const isEverySite = (referrer: string): boolean =>
  /^((\*|https?):\/\/)?\*(\.[a-z]+)?(:\*)?(\/\**)?$/i.test(referrer.trim());

const isEveryAddress = (range: string): boolean => {
  const [address = "", length] = range.trim().split("/");
  return length === undefined ? /^[0.:]+$/.test(address) : /^0+$/.test(length);
};
