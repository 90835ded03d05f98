import type { Cloud } from "#lib/inventory/model.ts";
import { type FieldSpec, type Method, methodOf, parseJson, type Values } from "./methods.ts";

/** A connection while it is being filled in. */
export type Draft = {
  type: string;
  values: Values;
  /** What was typed anew; those stored are never sent here. */
  secrets: Values;
};

export const emptyDraft = (cloud: Cloud): Draft => ({
  type: methodOf(cloud, undefined).type,
  values: {},
  secrets: {},
});

/** A stored connection, to be changed. */
export function draftOf(cloud: Cloud, connection: Readonly<Record<string, unknown>>): Draft {
  const method = methodOf(cloud, typeof connection.type === "string" ? connection.type : undefined);
  return { type: method.type, values: method.read(connection), secrets: {} };
}

/** Set by hand or by an emulator, and shown by no form: they stay as they are. */
const carried = ["endpointUrl", "emulator"];

/** The connection that a draft makes. `before` is the stored one that it changes. */
export function connectionOf(
  cloud: Cloud,
  draft: Draft,
  before?: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept = Object.entries(before ?? {}).filter(([name]) => carried.includes(name));
  return { ...methodOf(cloud, draft.type).build(draft.values), ...Object.fromEntries(kept) };
}

/** The secrets that were typed, trimmed of the line ends that copying adds. */
export function secretsOf(cloud: Cloud, draft: Draft): Record<string, string> {
  return Object.fromEntries(
    methodOf(cloud, draft.type).secrets.flatMap(({ name }) => {
      const value = draft.secrets[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

/** What can be told to be wrong before anybody is asked, by field. */
export function problemsOf(
  cloud: Cloud,
  draft: Draft,
  storedSecrets: readonly string[] = [],
): Record<string, string> {
  const method = methodOf(cloud, draft.type);
  const problems: Record<string, string> = {};
  for (const field of method.fields) {
    const problem = problemOf(field, draft.values[field.name] ?? "");
    if (problem) problems[`connection.${field.path}`] = problem;
  }
  for (const secret of method.secrets) {
    if (!draft.secrets[secret.name]?.trim() && !storedSecrets.includes(secret.name))
      problems[`secrets.${secret.name}`] = "Fill this in.";
  }
  return problems;
}

function problemOf({ kind, isOptional }: FieldSpec, value: string): string | null {
  if (!value.trim()) return isOptional ? null : "Fill this in.";
  if (kind !== "json") return null;
  const parsed = parseJson(value);
  if (typeof parsed !== "object" || parsed === null) return "This is not JSON. Paste the whole file.";
  // The key would work, and would have to be kept secret for ever.
  if (Reflect.get(parsed, "type") === "service_account") {
    return "This is a service account's key. Parapet takes none, because a key that is stored can be stolen: impersonate the service account instead.";
  }
  return null;
}

/** What a mutation says about one field, which it may have found deeper inside. */
export function problemAt(
  problems: Readonly<Record<string, string>>,
  group: "connection" | "secrets",
  field: Pick<FieldSpec, "path">,
): string | undefined {
  const path = `${group}.${field.path}`;
  return problems[path] ?? Object.entries(problems).find(([name]) => name.startsWith(`${path}.`))?.[1];
}

/** Whether some field on the form shows it; the rest is said under the form. */
export const isShown = (method: Method, name: string): boolean =>
  method.fields.some(({ path }) => name === `connection.${path}` || name.startsWith(`connection.${path}.`)) ||
  method.secrets.some(({ path }) => name === `secrets.${path}`);

/** The account that a role's ARN or a service account's e-mail is in; undefined where it doesn't tell. */
export function accountOf(cloud: Cloud, draft: Draft): string | undefined {
  const { values } = draft;
  if (cloud === "aws") return /^arn:aws[\w-]*:iam::(\d{12}):role\//.exec(values.roleArn?.trim() ?? "")?.[1];
  if (cloud === "gcp")
    return /@([a-z][a-z0-9-]{4,28}[a-z0-9])\.iam\.gserviceaccount\.com$/.exec(
      values.serviceAccount?.trim() ?? "",
    )?.[1];
  return undefined;
}
