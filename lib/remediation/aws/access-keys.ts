import { type IAMClient, paginateListAccessKeys } from "@aws-sdk/client-iam";
import { z } from "zod";
import { isKeyTooOld } from "#lib/checks/aws/key-age.ts";
import type { Json, PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { output } from "../references.ts";
import { isNamed } from "./errors.ts";

type Key = { AccessKeyId: string; Status: string; CreateDate: string };
/** By age, the oldest first. `isOld` is the check's own judgement: a key that comes of age meanwhile asks for a new plan. */
type State = { keys: (Key & { isOld: boolean })[] };

const mostKeys = 2;

export const rotateAccessKey = defineOperation<"aws", State, { deactivateOld: boolean }>({
  id: "aws.iam.rotate-access-key",
  cloud: "aws",
  title: "Make a new access key and deactivate the old",
  kinds: ["aws.iam.user"],
  parameters: z.object({ deactivateOld: z.boolean().default(true) }),
  reads: ["iam:ListAccessKeys"],
  calls: ["aws.iam.CreateAccessKey", "aws.iam.DeleteAccessKey", "aws.iam.UpdateAccessKey"],

  async read(access, { target, signal }) {
    const keys = await listKeys(access.clients("global").iam, target.name, signal);
    const asOf = new Date();
    return (
      keys && { keys: keys.map((key) => ({ ...key, isOld: isKeyTooOld(key.CreateDate, asOf) ?? false })) }
    );
  },

  plan({ keys }, { deactivateOld }, target) {
    const active = keys.filter(({ Status }) => Status === "Active");
    const old = active.filter(({ isOld }) => isOld);
    if (old.length === 0)
      return { outcome: "nothing", reason: "The user has no active key over 90 days old." };
    const hasNew = active.length > old.length;
    if (hasNew && !deactivateOld) {
      return { outcome: "nothing", reason: "A newer key is there already; the old one is to stay active." };
    }
    if (!hasNew && keys.length >= mostKeys) {
      const reason =
        old.length === mostKeys
          ? "Both of the user's keys are old, and AWS allows two: take the one that isn't used out of service first."
          : "The user has an inactive key beside the old one, and AWS allows two: delete that first, by DELETE-ROTATED-CREDENTIALS.";
      return { outcome: "refused", reason };
    }
    const after = keys.map((key) =>
      deactivateOld && old.includes(key) ? { ...key, Status: "Inactive" } : key,
    );
    const calls: PlannedCall[] = [];
    if (!hasNew) {
      const existing = keys.map(({ AccessKeyId }) => AccessKeyId);
      calls.push({
        id: "create",
        api: "aws.iam.CreateAccessKey",
        input: { UserName: target.name, Existing: existing },
      });
      after.push({ ...made, Status: "Active", isOld: false });
    }
    if (deactivateOld) calls.push(...old.map((key) => update(target.name, key, "Inactive")));
    return { outcome: "change", after: { keys: after }, calls, notes: notesOf(deactivateOld, hasNew) };
  },

  wayBack(before, present, target, outputs) {
    const calls: PlannedCall[] = before.keys.flatMap((key) => {
      const now = present.keys.find(({ AccessKeyId }) => AccessKeyId === key.AccessKeyId);
      return now && now.Status !== key.Status ? [update(target.name, key, key.Status)] : [];
    });
    const known = new Set(before.keys.map(({ AccessKeyId }) => AccessKeyId));
    const named = idIn(outputs.create);
    for (const { AccessKeyId } of present.keys) {
      if (known.has(AccessKeyId)) continue;
      calls.push({
        id: "delete-new",
        api: "aws.iam.DeleteAccessKey",
        // What an attempt that was cut off has made goes only as long as nobody uses it: it could be somebody else's.
        input: { UserName: target.name, AccessKeyId: named ?? AccessKeyId, OnlyUnused: named === undefined },
      });
    }
    return { calls };
  },
});

/** What only the provider can say of the key that is made. */
const made = {
  AccessKeyId: output("create", "AccessKeyId") as unknown as string,
  CreateDate: output("create", "CreateDate") as unknown as string,
};

/** The id of the key that was made, or where it will be found; undefined when no answer is known. */
function idIn(created: Json | undefined): Json | undefined {
  if (typeof created !== "object" || created === null || Array.isArray(created)) return undefined;
  return "$output" in created ? output("create", "AccessKeyId") : created.AccessKeyId;
}

const update = (UserName: string, { AccessKeyId }: Key, Status: string): PlannedCall => ({
  id: `${Status === "Active" ? "activate" : "deactivate"}-${AccessKeyId}`,
  api: "aws.iam.UpdateAccessKey",
  input: { UserName, AccessKeyId, Status },
});

const notesOf = (deactivates: boolean, hasNew: boolean): string[] => [
  ...(deactivates
    ? ["Software that still uses the old key is turned away from then on; rolling back activates it again."]
    : []),
  ...(hasNew
    ? []
    : [
        "The new key's secret is sealed, and handed over once to whoever asks for this plan. Rolling back deletes the new key, also when it is in use by then.",
        "If Parapet is cut off before the secret is sealed, the key that was never used is deleted and another is made.",
      ]),
];

type Inactive = { keys: Key[] };

export const deleteInactiveAccessKeys = defineOperation<"aws", Inactive, Record<string, never>>({
  id: "aws.iam.delete-inactive-access-keys",
  cloud: "aws",
  title: "Delete the user's inactive access keys",
  kinds: ["aws.iam.user"],
  parameters: z.object({}),
  irreversible: "A deleted access key can't be brought back, nor can its secret.",
  reads: ["iam:ListAccessKeys"],
  calls: ["aws.iam.DeleteAccessKey"],

  async read(access, { target, signal }) {
    const keys = await listKeys(access.clients("global").iam, target.name, signal);
    return keys && { keys };
  },

  plan({ keys }, _parameters, target) {
    const gone = keys.filter(({ Status }) => Status === "Inactive");
    if (gone.length === 0) return { outcome: "nothing", reason: "The user has no inactive key." };
    return {
      outcome: "change",
      after: { keys: keys.filter((key) => !gone.includes(key)) },
      calls: gone.map(({ AccessKeyId }) => ({
        id: `delete-${AccessKeyId}`,
        api: "aws.iam.DeleteAccessKey",
        input: { UserName: target.name, AccessKeyId, OnlyUnused: false },
      })),
      notes: ["Active keys are left as they are."],
    };
  },

  wayBack: () => ({ irreversible: "A deleted access key can't be brought back, nor can its secret." }),
});

/** Null when the user is gone. */
export async function listKeys(
  client: IAMClient,
  UserName: string,
  signal: AbortSignal,
): Promise<Key[] | null> {
  const keys: Key[] = [];
  try {
    for await (const page of paginateListAccessKeys({ client }, { UserName }, { abortSignal: signal })) {
      for (const { AccessKeyId = "", Status = "", CreateDate } of page.AccessKeyMetadata ?? []) {
        keys.push({ AccessKeyId, Status, CreateDate: secondOf(CreateDate) });
      }
    }
  } catch (error) {
    if (isNamed(error, "NoSuchEntityException", "NoSuchEntity")) return null;
    throw error;
  }
  const orderOf = ({ CreateDate, AccessKeyId }: Key) => `${CreateDate} ${AccessKeyId}`;
  return keys.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** IAM tells whole seconds in lists, and may tell more elsewhere. */
export const secondOf = (date: Date | undefined): string =>
  date === undefined ? "" : `${date.toISOString().slice(0, 19)}Z`;
