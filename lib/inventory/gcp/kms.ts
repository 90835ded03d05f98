import type { cloudkms_v1 } from "googleapis/build/src/apis/cloudkms/v1.js";
import { cut, Listing, MalformedAnswer, readPromised, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { bindingsOf, type IamBinding } from "./iam-bindings.ts";
import { lastStep, listAll, timeFrom } from "./list.ts";
import { inEach } from "./places.ts";

/** Reads a project's keys: the key rings of every location, their keys, and the IAM policies of both. */
export const keys: GcpCollector<"gcp.kms.key"> = {
  kind: "gcp.kms.key",
  cloud: "gcp",
  service: "kms",
  scope: "global",
  permissions: [
    "cloudkms.locations.list",
    "cloudkms.keyRings.list",
    "cloudkms.keyRings.getIamPolicy",
    "cloudkms.cryptoKeys.list",
    "cloudkms.cryptoKeys.getIamPolicy",
  ],
  collect: async function* (context) {
    const api = await context.clients.cloudkms();
    const listed = new Listing("cloudkms.cryptoKeys.list", listKeys(context, api));
    yield* context.each(listed, (key) => describeKey(context, api, key));
  },
};

type KeyOfRing = { key: cloudkms_v1.Schema$CryptoKey; ringPolicy: () => Promise<IamBinding[]> };

async function* listKeys(context: GcpContext, api: cloudkms_v1.Cloudkms): AsyncGenerator<KeyOfRing> {
  // Without the API no key can be made, and none that was made before can be used by anybody.
  const locations = listAll(
    context,
    "cloudkms.locations.list",
    (page, options) =>
      api.projects.locations.list({ name: `projects/${context.account}`, pageSize: 1000, ...page }, options),
    (page) => page.locations,
  );
  const rings = inEach(locations, ({ locationId }) =>
    listAll(
      context,
      "cloudkms.keyRings.list",
      (page, options) =>
        api.projects.locations.keyRings.list(
          { parent: `projects/${context.account}/locations/${locationId}`, pageSize: 1000, ...page },
          options,
        ),
      (page) => page.keyRings,
    ),
  );
  yield* inEach(rings, (ring) => listKeysOf(context, api, required(ring.name, "name")));
}

async function* listKeysOf(
  context: GcpContext,
  api: cloudkms_v1.Cloudkms,
  ring: string,
): AsyncGenerator<KeyOfRing> {
  const keysOfRing = listAll(
    context,
    "cloudkms.cryptoKeys.list",
    (page, options) =>
      api.projects.locations.keyRings.cryptoKeys.list({ parent: ring, pageSize: 1000, ...page }, options),
    (page) => page.cryptoKeys,
  );
  let policy: Promise<IamBinding[]> | null = null;
  const ringPolicy = () => {
    // Asked for once, by the first of the ring's keys.
    policy ??= api.projects.locations.keyRings
      .getIamPolicy({ resource: ring, "options.requestedPolicyVersion": 3 }, { signal: context.signal })
      .then(({ data }) => bindingsOf(data));
    return policy;
  };
  for await (const key of keysOfRing) yield { key, ringPolicy };
}

async function describeKey(
  context: GcpContext,
  api: cloudkms_v1.Cloudkms,
  { key, ringPolicy }: KeyOfRing,
): Promise<Resource<"gcp.kms.key">> {
  const { account, read, signal } = context;
  const resource = required(key.name, "name");
  const [, location = "", keyRing = ""] =
    /\/locations\/([^/]+)\/keyRings\/([^/]+)\/cryptoKeys\//.exec(resource) ?? [];
  if (!location) throw new MalformedAnswer(`The key's name is "${cut(resource)}".`);
  const uid = `//cloudkms.googleapis.com/${resource}`;
  const facets = await readPromised(context, uid, "cloudkms.cryptoKeys.list", {
    purpose: key.purpose ? cut(key.purpose) : undefined,
    primaryCreatedAt: key.primary ? (timeFrom(key.primary.createTime) ?? undefined) : null,
    // Left out of keys that the service doesn't rotate.
    rotationPeriodSeconds: key.rotationPeriod ? secondsOf(key.rotationPeriod) : null,
    nextRotationAt: timeFrom(key.nextRotationTime),
  });
  const [bindings, keyRingBindings] = await Promise.all([
    read(
      uid,
      "cloudkms.cryptoKeys.getIamPolicy",
      async () => {
        const request = { resource, "options.requestedPolicyVersion": 3 };
        return bindingsOf(
          (await api.projects.locations.keyRings.cryptoKeys.getIamPolicy(request, { signal })).data,
        );
      },
      { gone: ["NOT_FOUND"] },
    ),
    read(uid, "cloudkms.keyRings.getIamPolicy", ringPolicy),
  ]);
  return {
    uid,
    kind: "gcp.kms.key",
    account,
    region: location,
    name: lastStep(resource),
    tags: tagRecord(Object.entries(key.labels ?? {})),
    config: {
      createdAt: timeFrom(key.createTime),
      keyRing,
      protectionLevel: key.primary?.protectionLevel ?? key.versionTemplate?.protectionLevel ?? null,
      importOnly: key.importOnly ?? false,
      primaryState: key.primary?.state ?? null,
      ...facets.read,
      ...(bindings ? { bindings } : {}),
      ...(keyRingBindings ? { keyRingBindings } : {}),
    },
    unread: [
      ...facets.unread,
      ...(bindings ? [] : ["bindings"]),
      ...(keyRingBindings ? [] : ["keyRingBindings"]),
    ],
  };
}

/** A duration as the newer APIs write it, such as `7776000s`; anything else counts as unread. */
function secondsOf(duration: string): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(duration)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
