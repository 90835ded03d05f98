import {
  type ServiceAccountKeyJson,
  serviceAccountState,
  serviceAccountsOf,
} from "#sandbox/gcp/handlers/iam.ts";
import { type GcpSite, makeNumber, timeAgo } from "./site.ts";

export type ServiceAccountOptions = {
  displayName?: string;
  disabled?: boolean;
  /** Keys that are held outside of Google, by how old they are. */
  keys?: { ageDays: number; disabled?: boolean; uploaded?: boolean }[];
};

/** A service account by its e-mail. Google keeps keys of its own for each, and changes them every week or two. */
export function addServiceAccount(
  site: GcpSite,
  email: string,
  { displayName, disabled, keys = [] }: ServiceAccountOptions = {},
): void {
  const state = serviceAccountState(site.project, email, makeNumber(site).padEnd(21, "0"), displayName);
  if (disabled) state.account.disabled = true;
  const add = (key: Omit<ServiceAccountKeyJson, "name" | "keyAlgorithm">) => {
    const id = site.random.hex(40);
    state.keys.set(id, {
      name: `${state.account.name}/keys/${id}`,
      keyAlgorithm: "KEY_ALG_RSA_2048",
      ...key,
    });
  };
  add({
    keyOrigin: "GOOGLE_PROVIDED",
    keyType: "SYSTEM_MANAGED",
    validAfterTime: timeAgo(site, 6),
    validBeforeTime: timeAgo(site, -10),
  });
  for (const key of keys) {
    add({
      keyOrigin: key.uploaded ? "USER_PROVIDED" : "GOOGLE_PROVIDED",
      keyType: "USER_MANAGED",
      validAfterTime: timeAgo(site, key.ageDays),
      validBeforeTime: "9999-12-31T23:59:59Z",
      ...(key.disabled ? { disabled: true } : {}),
    });
  }
  serviceAccountsOf(site.project).set(email, state);
}
