import { cryptoKeysOf, keyRingsOf } from "#sandbox/gcp/handlers/cloudkms.ts";
import type { IamPolicy } from "#sandbox/gcp/iam-policy.ts";
import { type GcpSite, type Labels, timeAgo } from "./site.ts";

export type KeyOptions = {
  labels?: Labels;
  ageDays?: number;
  purpose?: "ENCRYPT_DECRYPT" | "ASYMMETRIC_SIGN" | "MAC";
  /** The service rotates the key every so many days, next in so many. */
  rotationDays?: number;
  nextInDays?: number;
  protectionLevel?: "SOFTWARE" | "HSM" | "EXTERNAL";
  primaryState?: "ENABLED" | "DISABLED" | "DESTROYED";
  importOnly?: boolean;
  grants?: NonNullable<IamPolicy["bindings"]>;
};

/** A key ring; its full name comes back. */
export function addKeyRing(
  site: GcpSite,
  location: string,
  name: string,
  grants?: NonNullable<IamPolicy["bindings"]>,
): string {
  const fullName = `projects/${site.project.id}/locations/${location}/keyRings/${name}`;
  keyRingsOf(site.project).set(fullName, {
    keyRing: { name: fullName, createTime: timeAgo(site, 1_200) },
    ...(grants ? { policy: { version: 1, bindings: grants } } : {}),
  });
  return fullName;
}

/** A key on a ring; its full name comes back, as other services name the keys they encrypt with. */
export function addKey(site: GcpSite, keyRing: string, name: string, options: KeyOptions = {}): string {
  const { purpose = "ENCRYPT_DECRYPT", protectionLevel = "SOFTWARE", ageDays = 400 } = options;
  const fullName = `${keyRing}/cryptoKeys/${name}`;
  const createTime = timeAgo(site, ageDays);
  const algorithm = {
    ENCRYPT_DECRYPT: "GOOGLE_SYMMETRIC_ENCRYPTION",
    ASYMMETRIC_SIGN: "EC_SIGN_P256_SHA256",
    MAC: "HMAC_SHA256",
  }[purpose];
  cryptoKeysOf(site.project).set(fullName, {
    cryptoKey: {
      name: fullName,
      purpose,
      createTime,
      versionTemplate: { protectionLevel, algorithm },
      destroyScheduledDuration: "2592000s",
      ...(purpose === "ENCRYPT_DECRYPT"
        ? {
            primary: {
              name: `${fullName}/cryptoKeyVersions/1`,
              state: options.primaryState ?? "ENABLED",
              createTime,
              protectionLevel,
              algorithm,
              generateTime: createTime,
            },
          }
        : {}),
      ...(options.rotationDays
        ? {
            rotationPeriod: `${options.rotationDays * 86_400}s`,
            nextRotationTime: timeAgo(site, -(options.nextInDays ?? Math.ceil(options.rotationDays / 2))),
          }
        : {}),
      ...(options.importOnly ? { importOnly: true } : {}),
      ...(options.labels ? { labels: options.labels } : {}),
    },
    ...(options.grants ? { policy: { version: 1, bindings: options.grants } } : {}),
  });
  return fullName;
}
