/** What a key may be used from. A key has one sort of application restriction or none. */
export type ApplicationRestriction =
  | { type: "browser"; allowedReferrers: string[] }
  | { type: "server"; allowedIps: string[] }
  | { type: "android"; applications: { packageName: string; sha1Fingerprint: string }[] }
  | { type: "ios"; allowedBundleIds: string[] };

export interface ApiKeysKinds {
  /**
   * Region `global`. Uid: `//apikeys.googleapis.com/` and the key's name, which holds the project's number. Name: what it is
   * called, or else its id. The key string itself is never read.
   */
  "gcp.apikeys.key": {
    createdAt?: string;
    /** `null`: usable from anywhere. Absent also for a restriction of a sort that isn't known here. */
    application?: ApplicationRestriction | null;
    /** The APIs that it is limited to; empty when it is limited to none. `methods` empty: all of them. */
    apiTargets?: { service: string; methods: string[] }[];
    /** The service account that calls with the key run as; `null`: they are anonymous. */
    serviceAccountEmail: string | null;
  };
}
