import { z } from "zod";
import { required } from "#lib/inventory/answers.ts";
import { ActionRefused } from "../action-handler.ts";
import { gcloud } from "./command.ts";
import { defineGcpCall, unlessMissing } from "./define-call.ts";
import { accountName, idOf, listKeys } from "./service-account-keys.ts";

const Account = z.object({
  project: z.string().min(1).max(100),
  account: z.string().regex(/^[a-z0-9][a-z0-9.-]*@[a-z0-9.-]+\.gserviceaccount\.com$/),
});
const KeyId = z.string().regex(/^[0-9a-f]{40}$/);
const OneKey = Account.extend({ key: KeyId });
type OneKey = z.infer<typeof OneKey>;

const nameOf = ({ project, account, key }: OneKey) => `${accountName(project, account)}/keys/${key}`;
const command = (verb: string, { project, account, key }: OneKey) =>
  gcloud(`iam service-accounts keys ${verb}`, [sayKey(key)], { project, "iam-account": account });

/** A plan names a key that is yet to be made by a reference. */
const sayKey = (key: unknown): string => (typeof key === "string" ? key : "NEW_KEY_ID");

export const iamCalls = [
  defineGcpCall({
    api: "gcp.iam.projects.serviceAccounts.keys.create",
    keepsSecret: true,
    input: Account.extend({ known: z.array(KeyId).max(10) }),
    permissions: [
      "iam.serviceAccountKeys.create",
      "iam.serviceAccountKeys.delete",
      "iam.serviceAccountKeys.list",
    ],
    async send(access, { project, account }, { keepSecret, signal }) {
      const api = (await access.clients.iam()).projects.serviceAccounts;
      const name = accountName(project, account);
      const { data } = await api.keys.create({ name, requestBody: {} }, { signal });
      const file = Buffer.from(required(data.privateKeyData, "privateKeyData"), "base64").toString();
      await keepSecret("service-account-key.json", file).catch(async (error: unknown) => {
        // Nobody will ever have it, and it would open the account all the same.
        await api.keys.delete({ name: required(data.name, "name") });
        throw error;
      });
      return { id: idOf(data), validAfter: required(data.validAfterTime, "validAfterTime") };
    },
    /**
     * Google hands a key out once and takes no mark for it. One that an attempt has made may have been lost on its way
     * here, so it is of no use to anybody: it is taken back, and made anew.
     */
    async find(access, { project, account, known }, { signal }) {
      const name = accountName(project, account);
      const strange = (await listKeys(access, name, signal)).filter((key) => !known.includes(idOf(key)));
      if (strange.length > 1 || strange.some(({ keyOrigin }) => keyOrigin === "USER_PROVIDED")) {
        throw new ActionRefused("drift", "Somebody else has given the account a key meanwhile.");
      }
      const api = (await access.clients.iam()).projects.serviceAccounts;
      for (const key of strange) {
        await unlessMissing(() => api.keys.delete({ name: `${name}/keys/${idOf(key)}` }, { signal }));
      }
      return null;
    },
    command: ({ project, account }) =>
      gcloud("iam service-accounts keys create", ["new-key.json"], { project, "iam-account": account }),
  }),
  defineGcpCall({
    api: "gcp.iam.projects.serviceAccounts.keys.disable",
    input: OneKey,
    permissions: ["iam.serviceAccountKeys.disable"],
    async send(access, input, { signal }) {
      const api = (await access.clients.iam()).projects.serviceAccounts;
      await api.keys.disable({ name: nameOf(input), requestBody: {} }, { signal });
      return null;
    },
    command: (input) => command("disable", input),
  }),
  defineGcpCall({
    api: "gcp.iam.projects.serviceAccounts.keys.enable",
    input: OneKey,
    permissions: ["iam.serviceAccountKeys.enable"],
    async send(access, input, { signal }) {
      const api = (await access.clients.iam()).projects.serviceAccounts;
      await api.keys.enable({ name: nameOf(input), requestBody: {} }, { signal });
      return null;
    },
    command: (input) => command("enable", input),
  }),
  defineGcpCall({
    api: "gcp.iam.projects.serviceAccounts.keys.delete",
    input: OneKey,
    permissions: ["iam.serviceAccountKeys.delete"],
    async send(access, input, { signal }) {
      const api = (await access.clients.iam()).projects.serviceAccounts;
      await unlessMissing(() => api.keys.delete({ name: nameOf(input) }, { signal }));
      return null;
    },
    command: (input) => `${command("delete", input)} --quiet`,
  }),
];
