import { type IamPolicy, policyIn, readPolicy, writePolicy } from "../iam-policy.ts";
import {
  collectionOf,
  type GcpApi,
  type GcpCall,
  GcpError,
  type GcpProject,
  type GcpRoute,
} from "../model.ts";
import { listAnswer } from "../paging.ts";

/** A key ring as the API has it, with its IAM policy. `kms.keyRings`, by full name. */
export type KeyRingState = { keyRing: { name: string; createTime: string }; policy?: IamPolicy };

/** A key as the API has it, with its IAM policy. `kms.cryptoKeys`, by full name. */
export type CryptoKeyState = { cryptoKey: CryptoKeyJson; policy?: IamPolicy };

export type CryptoKeyJson = {
  name: string;
  purpose: string;
  createTime: string;
  versionTemplate: { protectionLevel: string; algorithm: string };
  destroyScheduledDuration: string;
  primary?: {
    name: string;
    state: string;
    createTime: string;
    protectionLevel: string;
    algorithm: string;
    generateTime: string;
  };
  rotationPeriod?: string;
  nextRotationTime?: string;
  importOnly?: boolean;
  labels?: Record<string, string>;
};

export const keyRingsOf = (project: GcpProject): Map<string, KeyRingState> =>
  collectionOf(project, "kms.keyRings");
export const cryptoKeysOf = (project: GcpProject): Map<string, CryptoKeyState> =>
  collectionOf(project, "kms.cryptoKeys");

/** Some of the places where keys can be kept. */
export const kmsLocations = [
  "asia-northeast1",
  "eur4",
  "europe",
  "europe-west1",
  "europe-west3",
  "europe-west4",
  "global",
  "us",
  "us-central1",
] as const;

const parentOf = ({ project, labels }: GcpCall) => `projects/${project.id}/locations/${labels.location}`;
const ringName = (call: GcpCall) => `${parentOf(call)}/keyRings/${call.labels.keyRing}`;
const keyName = (call: GcpCall) => `${ringName(call)}/cryptoKeys/${call.labels.cryptoKey}`;

function ringOf(call: GcpCall): KeyRingState {
  const found = keyRingsOf(call.project).get(ringName(call));
  if (!found) throw new GcpError("NOT_FOUND", `KeyRing ${ringName(call)} not found.`);
  return found;
}

function keyOf(call: GcpCall): CryptoKeyState {
  const found = cryptoKeysOf(call.project).get(keyName(call));
  if (!found) throw new GcpError("NOT_FOUND", `CryptoKey ${keyName(call)} not found.`);
  return found;
}

/** Reading and writing the IAM policy of a ring or key. A policy never set is empty, but for its etag. */
const policyRoutes = (
  path: string,
  collection: string,
  find: (call: GcpCall) => { policy?: IamPolicy },
): GcpRoute[] => [
  {
    method: "GET",
    path: `${path}:getIamPolicy`,
    permissions: [`cloudkms.${collection}.getIamPolicy`],
    handler: (call) => {
      const { policy } = find(call);
      return policy ? readPolicy(policy) : { etag: "ACAB" };
    },
  },
  {
    method: "POST",
    path: `${path}:setIamPolicy`,
    permissions: [`cloudkms.${collection}.setIamPolicy`],
    handler: (call) => {
      const state = find(call);
      state.policy = writePolicy(state.policy, policyIn(call));
      return readPolicy(state.policy);
    },
  },
];

/** Changes what the update mask names, and nothing else. */
function patchKey(call: GcpCall): object {
  const state = keyOf(call);
  const patched: Record<string, unknown> = { ...state.cryptoKey };
  const fields = (call.query.get("updateMask") ?? "").split(",").filter((field) => field !== "");
  if (fields.length === 0) throw new GcpError("INVALID_ARGUMENT", "The update mask is empty.");
  for (const field of fields) {
    const name = field.replace(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
    if (!["rotationPeriod", "nextRotationTime", "labels", "versionTemplate"].includes(name)) {
      throw new GcpError("INVALID_ARGUMENT", `The field ${field} can't be changed.`);
    }
    patched[name] = call.body[name];
    if (patched[name] === undefined) delete patched[name];
  }
  if ("rotationPeriod" in patched !== "nextRotationTime" in patched) {
    throw new GcpError("INVALID_ARGUMENT", "rotation_period and next_rotation_time go together.");
  }
  Object.assign(state, { cryptoKey: patched });
  return state.cryptoKey;
}

const ringPath = "/v1/projects/{project}/locations/{location}/keyRings/{keyRing}";
const keyPath = `${ringPath}/cryptoKeys/{cryptoKey}`;

export const cloudKmsApi: GcpApi = {
  host: "cloudkms.googleapis.com",
  title: "Cloud Key Management Service (KMS) API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: "/v1/projects/{project}/locations",
      permissions: ["cloudkms.locations.list"],
      handler: (call) =>
        listAnswer(
          call,
          "locations",
          kmsLocations.map((locationId) => ({
            name: `projects/${call.project.id}/locations/${locationId}`,
            locationId,
            metadata: {
              "@type": "type.googleapis.com/google.cloud.kms.v1.LocationMetadata",
              hsmAvailable: true,
              ekmAvailable: locationId !== "global",
            },
          })),
        ),
    },
    {
      method: "GET",
      path: "/v1/projects/{project}/locations/{location}/keyRings",
      permissions: ["cloudkms.keyRings.list"],
      handler: (call) => {
        const rings = [...keyRingsOf(call.project).values()].map(({ keyRing }) => keyRing);
        const here = rings.filter(({ name }) => name.startsWith(`${parentOf(call)}/`));
        return listAnswer(call, "keyRings", here, here.length > 0 ? { totalSize: here.length } : {});
      },
    },
    {
      method: "GET",
      path: `${ringPath}/cryptoKeys`,
      permissions: ["cloudkms.cryptoKeys.list"],
      handler: (call) => {
        ringOf(call);
        const keys = [...cryptoKeysOf(call.project).values()].map(({ cryptoKey }) => cryptoKey);
        const here = keys.filter(({ name }) => name.startsWith(`${ringName(call)}/`));
        return listAnswer(call, "cryptoKeys", here, here.length > 0 ? { totalSize: here.length } : {});
      },
    },
    {
      method: "GET",
      path: keyPath,
      permissions: ["cloudkms.cryptoKeys.get"],
      handler: (call) => keyOf(call).cryptoKey,
    },
    {
      method: "PATCH",
      path: keyPath,
      permissions: ["cloudkms.cryptoKeys.update"],
      handler: patchKey,
    },
    ...policyRoutes(ringPath, "keyRings", ringOf),
    ...policyRoutes(keyPath, "cryptoKeys", keyOf),
  ],
};
