import type { Cloud } from "#lib/inventory/model.ts";

/** One thing to fill in. */
export type FieldSpec = {
  name: string;
  /** Where it stands in the connection, as the mutations' complaints name it. */
  path: string;
  label: string;
  hint?: string;
  placeholder?: string;
  /** `json` is checked to be that before anything is sent. */
  kind: "line" | "area" | "json" | "choice";
  choices?: readonly { value: string; label: string }[];
  isOptional?: boolean;
};

export type Values = Readonly<Record<string, string>>;

/** One way to connect a cloud. */
export type Method = {
  type: string;
  title: string;
  text: string;
  isRecommended?: boolean;
  fields: readonly FieldSpec[];
  /** By the names under which they are sealed. */
  secrets: readonly FieldSpec[];
  /** The connection that the values make; what was left empty is left out. */
  build(values: Values): Record<string, unknown>;
  /** The values of a connection of this type. */
  read(connection: Readonly<Record<string, unknown>>): Values;
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const given = (value: string | undefined): string | undefined => value?.trim() || undefined;
const inside = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const line = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  path: name,
  label,
  kind: "line",
  ...more,
});

const profile = line("profile", "Profile", { placeholder: "production" });

const aws: readonly Method[] = [
  {
    type: "assume_role",
    title: "A role in the account",
    text: "Parapet assumes a role that may read and no more. No key is stored anywhere.",
    isRecommended: true,
    fields: [
      line("roleArn", "The role's ARN", { placeholder: "arn:aws:iam::111122223333:role/parapet-read" }),
      line("externalId", "External id", {
        isOptional: true,
        hint: "The role's trust policy asks for it, so that nobody else can have Parapet assume the role.",
      }),
      line("sourceProfile", "Starting from the profile", {
        path: "source.profile",
        isOptional: true,
        hint: "On the machine that Parapet runs on. Left empty, it starts from that machine's own identity.",
      }),
    ],
    secrets: [],
    build: ({ roleArn, externalId, sourceProfile }) => ({
      type: "assume_role",
      roleArn: given(roleArn) ?? "",
      ...(given(externalId) ? { externalId: given(externalId) } : {}),
      ...(given(sourceProfile) ? { source: { type: "profile", profile: given(sourceProfile) } } : {}),
    }),
    read: (connection) => ({
      roleArn: text(connection.roleArn),
      externalId: text(connection.externalId),
      sourceProfile: text(inside(connection.source, "profile")),
    }),
  },
  {
    type: "profile",
    title: "A profile",
    text: "One of the AWS configuration on the machine that Parapet runs on.",
    fields: [profile],
    secrets: [],
    build: ({ profile: name }) => ({ type: "profile", profile: given(name) ?? "" }),
    read: (connection) => ({ profile: text(connection.profile) }),
  },
  {
    type: "ambient",
    title: "The machine's own identity",
    text: "Whatever the AWS SDK finds there: an instance's role, environment variables, single sign-on.",
    fields: [],
    secrets: [],
    build: () => ({ type: "ambient" }),
    read: () => ({}),
  },
];

const azureCloud: FieldSpec = {
  name: "cloud",
  path: "cloud",
  label: "Azure cloud",
  kind: "choice",
  choices: [
    { value: "", label: "Azure" },
    { value: "usgovernment", label: "Azure Government" },
    { value: "china", label: "Azure in China" },
  ],
  isOptional: true,
};
const guid = "11111111-2222-3333-4444-555555555555";
const tenant = line("tenantId", "Tenant id", { placeholder: guid });
const client = line("clientId", "Application (client) id", { placeholder: guid });
const principal = (type: string) => (values: Values) => ({
  type,
  tenantId: given(values.tenantId) ?? "",
  clientId: given(values.clientId) ?? "",
  ...(given(values.cloud) ? { cloud: given(values.cloud) } : {}),
});
const readPrincipal = (connection: Readonly<Record<string, unknown>>): Values => ({
  tenantId: text(connection.tenantId),
  clientId: text(connection.clientId),
  cloud: text(connection.cloud),
});

const azure: readonly Method[] = [
  {
    type: "client_secret",
    title: "A service principal with a secret",
    text: "An application of your Microsoft Entra tenant, with a role that may read.",
    isRecommended: true,
    fields: [tenant, client, azureCloud],
    secrets: [line("clientSecret", "Client secret", { path: "clientSecret" })],
    build: principal("client_secret"),
    read: readPrincipal,
  },
  {
    type: "client_certificate",
    title: "A service principal with a certificate",
    text: "The same, with a certificate in place of the secret.",
    fields: [tenant, client, azureCloud],
    secrets: [
      line("certificate", "Certificate and private key", {
        kind: "area",
        placeholder: "-----BEGIN PRIVATE KEY-----\n…\n-----BEGIN CERTIFICATE-----\n…",
        hint: "Both in one PEM text.",
      }),
    ],
    build: principal("client_certificate"),
    read: readPrincipal,
  },
  {
    type: "default",
    title: "The machine's own identity",
    text: "A managed identity, workload identity, environment variables, or the Azure CLI's login.",
    fields: [{ ...tenant, isOptional: true }, azureCloud],
    secrets: [],
    build: ({ tenantId, cloud }) => ({
      type: "default",
      ...(given(tenantId) ? { tenantId: given(tenantId) } : {}),
      ...(given(cloud) ? { cloud: given(cloud) } : {}),
    }),
    read: (connection) => ({ tenantId: text(connection.tenantId), cloud: text(connection.cloud) }),
  },
];

const gcp: readonly Method[] = [
  {
    type: "impersonate",
    title: "A service account to impersonate",
    text: "Parapet acts as a service account that may read and no more. No key is stored anywhere.",
    isRecommended: true,
    fields: [
      line("serviceAccount", "The service account's e-mail", {
        placeholder: "parapet-read@my-project.iam.gserviceaccount.com",
      }),
      line("delegates", "By way of", {
        kind: "area",
        isOptional: true,
        hint: "Service accounts in between, one a line, each allowed to impersonate the next.",
      }),
    ],
    secrets: [],
    build: ({ serviceAccount, delegates = "" }) => {
      const between = delegates.split(/[\s,]+/).filter(Boolean);
      return {
        type: "impersonate",
        serviceAccount: given(serviceAccount) ?? "",
        ...(between.length > 0 ? { delegates: between } : {}),
      };
    },
    read: (connection) => ({
      serviceAccount: text(connection.serviceAccount),
      delegates: Array.isArray(connection.delegates) ? connection.delegates.join("\n") : "",
    }),
  },
  {
    type: "workload_identity",
    title: "Workload identity federation",
    text: "This machine shows Google a token of its own cloud or cluster. No key is stored anywhere.",
    fields: [
      line("configuration", "Credential configuration", {
        kind: "json",
        hint: "The file that gcloud iam workload-identity-pools create-cred-config writes. It holds no secret.",
        placeholder: '{ "type": "external_account", … }',
      }),
    ],
    secrets: [],
    build: ({ configuration = "" }) => ({
      type: "workload_identity",
      configuration: parseJson(configuration),
    }),
    read: (connection) => ({ configuration: JSON.stringify(connection.configuration ?? {}, null, 2) }),
  },
  {
    type: "application_default",
    title: "The machine's own identity",
    text: "Application default credentials: the machine's service account, or gcloud's login.",
    fields: [],
    secrets: [],
    build: () => ({ type: "application_default" }),
    read: () => ({}),
  },
];

export const methodsOf: Readonly<Record<Cloud, readonly Method[]>> = { aws, azure, gcp };

/** The method of a type, or the first one. */
export const methodOf = (cloud: Cloud, type: string | undefined): Method => {
  const [first, ...others] = methodsOf[cloud];
  if (!first) throw new Error(`There is no way to connect ${cloud}.`);
  return others.find((method) => method.type === type) ?? first;
};

/** Undefined for what is not JSON. */
export function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
