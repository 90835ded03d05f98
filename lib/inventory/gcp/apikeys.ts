import type { apikeys_v2 } from "googleapis/build/src/apis/apikeys/v2.js";
import { cut, readPromised, required } from "../answers.ts";
import type { ApplicationRestriction } from "./apikeys.kinds.ts";
import type { GcpCollector } from "./collector.ts";
import { lastStep, listAll, timeFrom } from "./list.ts";

/** Reads a project's API keys without the keys themselves. */
export const apiKeys: GcpCollector<"gcp.apikeys.key"> = {
  kind: "gcp.apikeys.key",
  cloud: "gcp",
  service: "apikeys",
  scope: "global",
  permissions: ["apikeys.keys.list"],
  async *collect(context) {
    const { account, clients } = context;
    const { projects } = await clients.apikeys();
    const operation = "apikeys.keys.list";
    const parent = `projects/${account}/locations/global`;
    const listed = listAll(
      context,
      operation,
      (page, options) => projects.locations.keys.list({ parent, pageSize: 300, ...page }, options),
      (page) => page.keys,
      // Keys can be made in the console without the API.
      { whenDisabled: "fail" },
    );
    yield* context.each(listed, async (key) => {
      const path = required(key.name, "name");
      const uid = `//apikeys.googleapis.com/${path}`;
      const promised = await readPromised(context, uid, operation, {
        createdAt: timeFrom(key.createTime) ?? undefined,
        application: applicationOf(key.restrictions ?? {}),
        apiTargets: apiTargetsOf(key.restrictions ?? {}),
      });
      return {
        uid,
        kind: "gcp.apikeys.key",
        account,
        region: "global",
        name: cut(key.displayName || lastStep(path)),
        tags: {},
        config: { ...promised.read, serviceAccountEmail: key.serviceAccountEmail || null },
        unread: promised.unread,
      };
    });
  },
};

type Restrictions = apikeys_v2.Schema$V2Restrictions;

const known = new Set([
  "apiTargets",
  "browserKeyRestrictions",
  "serverKeyRestrictions",
  "androidKeyRestrictions",
  "iosKeyRestrictions",
]);

/** `null` when the key is limited to no application; `undefined` when it is limited in a way that isn't known. */
function applicationOf(restrictions: Restrictions): ApplicationRestriction | null | undefined {
  const { browserKeyRestrictions, serverKeyRestrictions, androidKeyRestrictions, iosKeyRestrictions } =
    restrictions;
  if (browserKeyRestrictions)
    return { type: "browser", allowedReferrers: (browserKeyRestrictions.allowedReferrers ?? []).map(cut) };
  if (serverKeyRestrictions)
    return { type: "server", allowedIps: (serverKeyRestrictions.allowedIps ?? []).map(cut) };
  if (iosKeyRestrictions)
    return { type: "ios", allowedBundleIds: (iosKeyRestrictions.allowedBundleIds ?? []).map(cut) };
  if (androidKeyRestrictions) {
    const applications = (androidKeyRestrictions.allowedApplications ?? []).map((application) => ({
      packageName: cut(application.packageName ?? ""),
      sha1Fingerprint: cut(application.sha1Fingerprint ?? ""),
    }));
    return { type: "android", applications };
  }
  return Object.keys(restrictions).every((field) => known.has(field)) ? null : undefined;
}

/** `undefined` when a target doesn't say which API it is. */
function apiTargetsOf({ apiTargets }: Restrictions) {
  const targets = (apiTargets ?? []).map(({ service, methods }) => ({
    service: cut(service ?? ""),
    methods: (methods ?? []).map(cut),
  }));
  return targets.some(({ service }) => service === "") ? undefined : targets;
}
