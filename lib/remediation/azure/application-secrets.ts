import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import { isInForce, isOverdue } from "#lib/checks/azure/application-secrets.ts";
import type { AzureAccess } from "#lib/clouds/access.ts";
import type { Json, PlannedCall, Target } from "../model.ts";
import { defineOperation, type OperationContext } from "../operation.ts";
import { output } from "../references.ts";
import { secretsOf } from "./application-secret-calls.ts";
import { nameIn, orGone } from "./azure-call.ts";

/** `overdue`: works, and is older than the check lets it be. `expired`: opens nothing any more. */
type Secret = {
  id: Json;
  name: Json;
  createdAt: Json;
  expiresAt: Json;
  overdue: boolean;
  expired: boolean;
};
/** The application's client secrets, the oldest first. */
type State = { secrets: Secret[] };

const reads = ["Application.Read.All"];

const read = (access: AzureAccess, { target, signal }: OperationContext): Promise<State | null> =>
  orGone(async () => {
    const now = new Date();
    const secrets = await secretsOf(access, nameIn(target.uid), signal);
    return {
      secrets: secrets.map((secret) => ({
        ...secret,
        overdue: isOverdue(secret, now) ?? false,
        expired: !isInForce(secret, now),
      })),
    };
  });

const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

const remove = ({ uid }: Target, keyId: Json, number: number): PlannedCall => ({
  id: `remove-${number}`,
  api: "azure.graph.applications.removePassword",
  input: { applicationId: nameIn(uid), keyId },
});

const Add = z.object({ days: z.int().min(1).max(730).default(180) });

export const addApplicationSecret = defineOperation<"azure", State, z.output<typeof Add>>({
  id: "azure.entra.add-application-secret",
  cloud: "azure",
  title: "Make a new client secret for the application",
  kinds: ["azure.entra.application"],
  parameters: Add,
  reads,
  calls: ["azure.graph.applications.addPassword", "azure.graph.applications.removePassword"],
  read,

  plan({ secrets }, { days }, target) {
    if (!secrets.some(({ overdue }) => overdue))
      return { outcome: "nothing", reason: "No secret that still works is older than 180 days." };
    if (secrets.some(({ overdue, expired }) => !overdue && !expired)) {
      return {
        outcome: "nothing",
        reason: "There is a newer secret already: remove the old ones by AZURE-APPLICATION-SECRETS.",
      };
    }
    const made: Secret = {
      id: output("add", "id"),
      name: output("add", "name"),
      createdAt: output("add", "createdAt"),
      expiresAt: output("add", "expiresAt"),
      overdue: false,
      expired: false,
    };
    return {
      outcome: "change",
      after: { secrets: [...secrets, made] },
      calls: [
        {
          id: "add",
          api: "azure.graph.applications.addPassword",
          input: { applicationId: nameIn(target.uid), days },
        },
      ],
      notes: [
        "Whoever asked for the plan is handed the new secret, once.",
        "Entra can't switch a secret off: the old ones work on until they are removed, which is a playbook of its own.",
      ],
    };
  },

  // What was added by a call of which nobody knows how it ended is replaced by the same call.
  isHalfway: (before, _after, { secrets }) =>
    before.secrets.every((secret) => secrets.some((one) => same(one, secret))) &&
    secrets.length <= before.secrets.length + 1,

  wayBack(before, present, target) {
    const known = before.secrets.map(({ id }) => canonicalJson(id));
    const added = present.secrets.filter(({ id }) => !known.includes(canonicalJson(id)));
    return { calls: added.map(({ id }, index) => remove(target, id, index + 1)) };
  },
});

export const removeOldSecrets = defineOperation<"azure", State, Record<string, never>>({
  id: "azure.entra.remove-old-secrets",
  cloud: "azure",
  title: "Remove the application's client secrets that a newer one has replaced",
  kinds: ["azure.entra.application"],
  parameters: z.object({}),
  irreversible: "A client secret that was removed can't be brought back: whoever still has it can't sign in.",
  reads,
  calls: ["azure.graph.applications.removePassword"],
  read,

  plan({ secrets }, _parameters, target) {
    const old = secrets.filter(({ overdue }) => overdue);
    if (!old.length)
      return { outcome: "nothing", reason: "No secret that still works is older than 180 days." };
    if (!secrets.some(({ overdue, expired }) => !overdue && !expired)) {
      return {
        outcome: "refused",
        reason: "The application has no newer secret. Make one by ROTATE-CREDENTIALS, and move it first.",
      };
    }
    return {
      outcome: "change",
      after: { secrets: secrets.filter((secret) => !old.includes(secret)) },
      calls: old.map(({ id }, index) => remove(target, id, index + 1)),
      notes: [
        `${old.map(({ name, id }) => String(name ?? id)).join(", ")} will open nothing any more. Look at the application's sign-ins first.`,
      ],
    };
  },

  isHalfway: (before, after, { secrets }) =>
    after.secrets.every((secret) => secrets.some((one) => same(one, secret))) &&
    secrets.every((secret) => before.secrets.some((one) => same(one, secret))),

  wayBack: () => ({ irreversible: "The secrets that were removed are gone." }),
});
