import type { iam_v1 } from "googleapis/build/src/apis/iam/v1.js";
import { daysSince } from "#lib/checks/days.ts";
import { isDueForRotation } from "#lib/checks/gcp/iam/service-account-key-age.ts";
import { required } from "#lib/inventory/answers.ts";
import type { PlannedCall, Target } from "../model.ts";
import type { AccessOf } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";

/** What only Google can say of a key that is yet to be made. */
type Later<T> = T | { $output: string };

export type Key = {
  id: Later<string>;
  origin: string;
  disabled: boolean;
  validAfter: Later<string>;
  /** Older than keys should get, and not over. */
  due: boolean;
};

/** A service account's keys that users manage, the oldest first. */
export type KeysState = { accountDisabled: boolean; keys: Key[] };

export const readingKeys = ["iam.serviceAccountKeys.list", "iam.serviceAccounts.get"];

/** Null when the account is gone. */
export async function readKeys(
  access: AccessOf<"gcp">,
  target: Target,
  signal: AbortSignal,
): Promise<KeysState | null> {
  const api = (await access.clients.iam()).projects.serviceAccounts;
  const name = accountName(target.account, target.name);
  const found = await unlessMissing(async () => {
    const { data } = await api.get({ name }, { signal });
    return { account: data, keys: await listKeys(access, name, signal) };
  });
  if (!found) return null;
  const now = new Date();
  return {
    accountDisabled: found.account.disabled ?? false,
    keys: found.keys
      .map((key) => ({
        id: idOf(key),
        origin: key.keyOrigin ?? "",
        disabled: key.disabled ?? false,
        validAfter: required(key.validAfterTime, "validAfterTime"),
        due: isDueForRotation(daysSince(key.validAfterTime ?? null, now)) && !isOver(key, now),
      }))
      .sort((a, b) => (`${a.validAfter} ${a.id}` < `${b.validAfter} ${b.id}` ? -1 : 1)),
  };
}

export async function listKeys(
  access: AccessOf<"gcp">,
  name: string,
  signal: AbortSignal,
): Promise<iam_v1.Schema$ServiceAccountKey[]> {
  const api = (await access.clients.iam()).projects.serviceAccounts;
  return (await api.keys.list({ name, keyTypes: ["USER_MANAGED"] }, { signal })).data.keys ?? [];
}

const isOver = ({ validBeforeTime }: iam_v1.Schema$ServiceAccountKey, now: Date): boolean =>
  (daysSince(validBeforeTime ?? null, now) ?? -1) >= 0;

export const idOf = ({ name }: iam_v1.Schema$ServiceAccountKey): string => {
  const full = required(name, "name");
  return full.slice(full.lastIndexOf("/") + 1);
};

export const accountName = (project: string, email: string): string =>
  `projects/${project}/serviceAccounts/${email}`;

/** A call about one key. */
export const keyCall = (
  verb: "enable" | "disable" | "delete",
  { account: project, name: email }: Target,
  { id: key }: Key,
): PlannedCall => ({
  id: `${verb}-${typeof key === "string" ? key.slice(0, 12) : "new"}`,
  api: `gcp.iam.projects.serviceAccounts.keys.${verb}`,
  input: { project, account: email, key },
});
