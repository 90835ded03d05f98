import type { iam_v1 } from "googleapis/build/src/apis/iam/v1.js";
import { cut, MalformedAnswer, readAndUnread, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import type { ServiceAccountKey } from "./iam.kinds.ts";
import { lastStep, listAll, timeFrom } from "./list.ts";

/** Reads a project's service accounts, and the keys of each that users manage. */
export const serviceAccounts: GcpCollector<"gcp.iam.service-account"> = {
  kind: "gcp.iam.service-account",
  cloud: "gcp",
  service: "iam",
  scope: "global",
  permissions: ["iam.serviceAccounts.list", "iam.serviceAccountKeys.list"],
  async *collect(context) {
    const { account, clients } = context;
    const api = (await clients.iam()).projects.serviceAccounts;
    const listed = listAll(
      context,
      "iam.serviceAccounts.list",
      (page, options) => api.list({ name: `projects/${account}`, pageSize: 100, ...page }, options),
      (page) => page.accounts,
      // Without the API there are still the accounts that other services have made.
      { whenDisabled: "fail" },
    );
    yield* context.each(listed, (found) => describeAccount(context, api, found));
  },
};

async function describeAccount(
  context: GcpContext,
  api: iam_v1.Resource$Projects$Serviceaccounts,
  found: iam_v1.Schema$ServiceAccount,
): Promise<Resource<"gcp.iam.service-account">> {
  const { account } = context;
  const email = required(found.email, "email");
  const name = `projects/${account}/serviceAccounts/${email}`;
  const uid = `//iam.googleapis.com/${name}`;
  const keys = await readKeys(context, api, { uid, name });
  const facets = readAndUnread({ keys });
  return {
    uid,
    kind: "gcp.iam.service-account",
    account,
    region: "global",
    name: cut(email),
    tags: {},
    config: {
      email,
      displayName: found.displayName ? cut(found.displayName) : null,
      uniqueId: required(found.uniqueId, "uniqueId"),
      disabled: found.disabled ?? false,
      ...facets.read,
    },
    unread: facets.unread,
  };
}

async function readKeys(
  { read, signal }: GcpContext,
  api: iam_v1.Resource$Projects$Serviceaccounts,
  { uid, name }: { uid: string; name: string },
): Promise<ServiceAccountKey[] | undefined> {
  const keys = await read(
    uid,
    "iam.serviceAccountKeys.list",
    async () => {
      // The list isn't paged: an account has ten such keys at most.
      const { data } = await api.keys.list({ name, keyTypes: ["USER_MANAGED"] }, { signal });
      const stranger = Object.keys(data).find((field) => field !== "keys");
      if (stranger !== undefined) throw new MalformedAnswer(`The answer has ${cut(stranger)}, not keys.`);
      return (data.keys ?? []).map(keyOf).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    { gone: ["NOT_FOUND"] },
  );
  return keys ?? undefined;
}

function keyOf(key: iam_v1.Schema$ServiceAccountKey): ServiceAccountKey {
  const { keyOrigin } = key;
  return {
    id: lastStep(required(key.name, "keys.name")),
    origin: keyOrigin === "GOOGLE_PROVIDED" || keyOrigin === "USER_PROVIDED" ? keyOrigin : null,
    disabled: key.disabled ?? false,
    validAfter: timeFrom(key.validAfterTime),
    validBefore: timeFrom(key.validBeforeTime),
  };
}
