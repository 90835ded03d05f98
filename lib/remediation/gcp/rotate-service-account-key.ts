import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { Json } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { output } from "../references.ts";
import { type Key, type KeysState, keyCall, readingKeys, readKeys } from "./service-account-keys.ts";

const same = (a: Json, b: Json | undefined): boolean =>
  b !== undefined && canonicalJson(a) === canonicalJson(b);

/** Google gives an account no more. */
const mostKeys = 10;

export const rotateServiceAccountKey = defineOperation<"gcp", KeysState, { disableOld: boolean }>({
  id: "gcp.iam.rotate-service-account-key",
  cloud: "gcp",
  title: "Make a new key for the service account and disable the old",
  kinds: ["gcp.iam.service-account"],
  parameters: z.object({ disableOld: z.boolean().default(true) }),
  reads: readingKeys,
  calls: [
    "gcp.iam.projects.serviceAccounts.keys.create",
    "gcp.iam.projects.serviceAccounts.keys.disable",
    "gcp.iam.projects.serviceAccounts.keys.enable",
    "gcp.iam.projects.serviceAccounts.keys.delete",
  ],

  read: (access, { target, signal }) => readKeys(access, target, signal),

  plan({ accountDisabled, keys }, { disableOld }, target) {
    const old = keys.filter(({ due, disabled }) => due && !disabled);
    if (accountDisabled || old.length === 0) {
      return { outcome: "nothing", reason: "No key that can be used is older than 90 days." };
    }
    if (keys.length >= mostKeys) {
      return {
        outcome: "refused",
        reason: `The account has ${mostKeys} keys, and Google gives it no more: delete one that isn't used.`,
      };
    }
    const made: Key = {
      id: output("create", "id"),
      origin: "GOOGLE_PROVIDED",
      disabled: false,
      validAfter: output("create", "validAfter"),
      due: false,
    };
    const known = keys.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
    const create = {
      id: "create",
      api: "gcp.iam.projects.serviceAccounts.keys.create",
      input: { project: target.account, account: target.name, known },
    };
    const ended = disableOld ? old : [];
    return {
      outcome: "change",
      after: {
        accountDisabled,
        keys: [...keys.map((key) => (ended.includes(key) ? { ...key, disabled: true } : key)), made],
      },
      calls: [create, ...ended.map((key) => keyCall("disable", target, key))],
      notes: [
        "Whoever asked for the plan is handed the new key, once.",
        disableOld
          ? "Software that still has an old key can't sign in from then on; enabling it again is the way back, which deletes the new key."
          : "The old keys work on: run the playbook again once the software has the new one.",
      ],
    };
  },

  isHalfway(before, after, present) {
    const keyIn = (state: KeysState, { id }: Key) => state.keys.find((key) => same(key.id, id));
    return (
      before.keys.every((key) => keyIn(present, key)) &&
      present.keys.every((key) => same(key, keyIn(before, key)) || same(key, keyIn(after, key)))
    );
  },

  wayBack(before, present, target) {
    const wasDisabled = new Map(before.keys.map(({ id, disabled }) => [id, disabled]));
    const changed = present.keys.filter(({ id, disabled }) => (wasDisabled.get(id) ?? disabled) !== disabled);
    const added = present.keys.filter(({ id }) => !wasDisabled.has(id));
    return {
      calls: [
        ...changed.map((key) => keyCall(key.disabled ? "enable" : "disable", target, key)),
        ...added.map((key) => keyCall("delete", target, key)),
      ],
    };
  },
});
