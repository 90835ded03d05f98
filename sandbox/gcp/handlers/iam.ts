import { createHash, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import {
  collectionOf,
  type GcpApi,
  type GcpCall,
  GcpError,
  type GcpProject,
  type GcpRoute,
} from "../model.ts";
import { newId } from "../operations.ts";
import { listAnswer } from "../paging.ts";

/** A service account as the API has it, with its keys by id. `iam.serviceAccounts`, by e-mail. */
export type ServiceAccountState = {
  account: {
    name: string;
    projectId: string;
    uniqueId: string;
    email: string;
    displayName?: string;
    description?: string;
    disabled?: boolean;
    oauth2ClientId: string;
  };
  keys: Map<string, ServiceAccountKeyJson>;
};

export type ServiceAccountKeyJson = {
  name: string;
  keyAlgorithm: string;
  keyOrigin: "GOOGLE_PROVIDED" | "USER_PROVIDED";
  keyType: "USER_MANAGED" | "SYSTEM_MANAGED";
  validAfterTime: string;
  validBeforeTime: string;
  disabled?: boolean;
};

export const serviceAccountsOf = (project: GcpProject): Map<string, ServiceAccountState> =>
  collectionOf(project, "iam.serviceAccounts");

/** The account as the API names it in a project. */
export function serviceAccountState(
  project: Pick<GcpProject, "id">,
  email: string,
  uniqueId: string,
  displayName?: string,
): ServiceAccountState {
  return {
    account: {
      name: `projects/${project.id}/serviceAccounts/${email}`,
      projectId: project.id,
      uniqueId,
      email,
      ...(displayName ? { displayName } : {}),
      oauth2ClientId: uniqueId,
    },
    keys: new Map(),
  };
}

/** Found by e-mail or by number. */
function accountOf({ project, labels }: GcpCall): ServiceAccountState {
  const accounts = serviceAccountsOf(project);
  const wanted = labels.account ?? "";
  const state = accounts.get(wanted) ?? [...accounts.values()].find((one) => one.account.uniqueId === wanted);
  if (!state) throw new GcpError("NOT_FOUND", `Service account ${wanted} does not exist.`);
  return state;
}

function keyOf(call: GcpCall): { state: ServiceAccountState; key: ServiceAccountKeyJson } {
  const state = accountOf(call);
  const key = state.keys.get(call.labels.key ?? "");
  if (!key) throw new GcpError("NOT_FOUND", `Service account key ${call.labels.key} does not exist.`);
  return { state, key };
}

const accounts = "/v1/projects/{project}/serviceAccounts";
const keys = `${accounts}/{account}/keys`;

/** Switching an account or a key on and off. */
const switchRoutes = (
  path: string,
  permission: string,
  find: (call: GcpCall) => { disabled?: boolean },
): GcpRoute[] =>
  (["disable", "enable"] as const).map((verb) => ({
    method: "POST",
    path: `${path}:${verb}`,
    permissions: [`${permission}.${verb}`],
    handler: (call) => {
      const switched = find(call);
      if (verb === "disable") switched.disabled = true;
      else delete switched.disabled;
      return {};
    },
  }));

function createAccount({ project, body }: GcpCall): object {
  const { accountId, serviceAccount } = body;
  if (typeof accountId !== "string" || !/^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/.test(accountId)) {
    throw new GcpError("INVALID_ARGUMENT", "The account id is not valid.");
  }
  const email = `${accountId}@${project.id}.iam.gserviceaccount.com`;
  if (serviceAccountsOf(project).has(email)) {
    throw new GcpError("ALREADY_EXISTS", `Service account ${accountId} already exists within project.`);
  }
  const named =
    typeof serviceAccount === "object" && serviceAccount !== null && "displayName" in serviceAccount;
  const displayName = named ? String(serviceAccount.displayName) : undefined;
  const state = serviceAccountState(project, email, newId(), displayName);
  serviceAccountsOf(project).set(email, state);
  return state.account;
}

/** An account has so many keys that users manage, and no more. */
const mostKeys = 10;

/** Makes a key that one can really sign in with; its private half is in this answer and nowhere else. */
async function createKey(call: GcpCall): Promise<object> {
  const { account, keys: held } = accountOf(call);
  if ([...held.values()].filter(({ keyType }) => keyType === "USER_MANAGED").length >= mostKeys) {
    throw new GcpError("FAILED_PRECONDITION", "Precondition check failed.");
  }
  const id = createHash("sha1").update(newId()).digest("hex");
  const key: ServiceAccountKeyJson = {
    name: `${account.name}/keys/${id}`,
    keyAlgorithm: "KEY_ALG_RSA_2048",
    keyOrigin: "GOOGLE_PROVIDED",
    keyType: "USER_MANAGED",
    // As Google writes it, to the second.
    validAfterTime: call.now.toISOString().replace(/\.\d+Z$/, "Z"),
    validBeforeTime: "9999-12-31T23:59:59Z",
  };
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  held.set(id, key);
  const { email, uniqueId: clientId, projectId } = account;
  const { identities, serviceAccountKeys } = call.estate;
  if (!identities.has(email)) {
    identities.set(email, { email, kind: "serviceAccount", projectId, impersonators: [] });
  }
  serviceAccountKeys.set(id, { email, publicKey });
  const file = {
    type: "service_account",
    project_id: projectId,
    private_key_id: id,
    private_key: privateKey,
    client_email: email,
    client_id: clientId,
    token_uri: "https://oauth2.googleapis.com/token",
    universe_domain: "googleapis.com",
  };
  return {
    ...key,
    privateKeyType: "TYPE_GOOGLE_CREDENTIALS_FILE",
    privateKeyData: Buffer.from(JSON.stringify(file, null, 2)).toString("base64"),
  };
}

export const iamApi: GcpApi = {
  host: "iam.googleapis.com",
  title: "Identity and Access Management (IAM) API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: accounts,
      permissions: ["iam.serviceAccounts.list"],
      handler: (call) =>
        listAnswer(
          call,
          "accounts",
          [...serviceAccountsOf(call.project).values()].map(({ account }) => account),
          {},
          { defaultSize: 20, maxSize: 100 },
        ),
    },
    {
      method: "POST",
      path: accounts,
      permissions: ["iam.serviceAccounts.create"],
      handler: createAccount,
    },
    {
      method: "GET",
      path: `${accounts}/{account}`,
      permissions: ["iam.serviceAccounts.get"],
      handler: (call) => accountOf(call).account,
    },
    {
      method: "DELETE",
      path: `${accounts}/{account}`,
      permissions: ["iam.serviceAccounts.delete"],
      handler: (call) => {
        serviceAccountsOf(call.project).delete(accountOf(call).account.email);
        return {};
      },
    },
    ...switchRoutes(`${accounts}/{account}`, "iam.serviceAccounts", (call) => accountOf(call).account),
    {
      method: "GET",
      path: keys,
      permissions: ["iam.serviceAccountKeys.list"],
      // The list isn't paged.
      handler: (call) => {
        const types = call.query.getAll("keyTypes");
        const asked = [...accountOf(call).keys.values()].filter(
          ({ keyType }) => types.length === 0 || types.includes(keyType),
        );
        return asked.length > 0 ? { keys: asked } : {};
      },
    },
    {
      method: "POST",
      path: keys,
      permissions: ["iam.serviceAccountKeys.create"],
      handler: createKey,
    },
    {
      method: "GET",
      path: `${keys}/{key}`,
      permissions: ["iam.serviceAccountKeys.get"],
      handler: (call) => keyOf(call).key,
    },
    {
      method: "DELETE",
      path: `${keys}/{key}`,
      permissions: ["iam.serviceAccountKeys.delete"],
      handler: (call) => {
        const { state, key } = keyOf(call);
        if (key.keyType === "SYSTEM_MANAGED") {
          throw new GcpError("INVALID_ARGUMENT", "Google's own keys can't be deleted.");
        }
        state.keys.delete(call.labels.key ?? "");
        call.estate.serviceAccountKeys.delete(call.labels.key ?? "");
        return {};
      },
    },
    ...switchRoutes(`${keys}/{key}`, "iam.serviceAccountKeys", (call) => keyOf(call).key),
  ],
};
