/** One `operator: { key: values }` of a statement's Condition; all of a statement's conditions must hold at once. */
export type Condition = {
  /** Lower case, without the prefix `ForAnyValue:` and the like, without the suffix `IfExists`. */
  operator: string;
  /** `foranyvalue` or `forallvalues` when the operator compares sets. */
  set: string | null;
  /** Holds, too, when the request doesn't have the key. */
  ifExists: boolean;
  /** Lower case, such as `aws:securetransport`. */
  key: string;
  values: string[];
};

/** A statement with every "one or many" made many. An element that is absent is `null`. */
export type Statement = {
  /** JSON Pointer within the document, `/Statement/0` or, when the document has a single object, `/Statement`. */
  pointer: string;
  effect: "Allow" | "Deny";
  /** `AWS`, `Service`, `Federated` and so on; the bare `"*"` is `{ AWS: ["*"] }`. */
  principals: Record<string, string[]> | null;
  notPrincipals: Record<string, string[]> | null;
  actions: string[] | null;
  notActions: string[] | null;
  resources: string[] | null;
  notResources: string[] | null;
  conditions: Condition[];
};

/** The statements of an IAM or resource policy; `null` when it isn't shaped like one, which is not a verdict. */
export function statementsOf(document: unknown): Statement[] | null {
  if (!isRecord(document)) return null;
  const raw = document.Statement;
  const listed = Array.isArray(raw) ? raw : raw === undefined ? null : [raw];
  if (!listed) return null;
  const statements: Statement[] = [];
  for (const [index, item] of listed.entries()) {
    const statement = readStatement(item, Array.isArray(raw) ? `/Statement/${index}` : "/Statement");
    if (!statement) return null;
    statements.push(statement);
  }
  return statements;
}

/** Whether the statement speaks of everyone, AWS or not. */
export function namesEveryone(statement: Statement): boolean {
  return statement.principals?.AWS?.includes("*") ?? false;
}

function readStatement(item: unknown, pointer: string): Statement | null {
  if (!isRecord(item)) return null;
  const effect = item.Effect;
  if (effect !== "Allow" && effect !== "Deny") return null;
  const conditions = readConditions(item.Condition);
  if (!conditions) return null;
  return {
    pointer,
    effect,
    principals: readPrincipals(item.Principal),
    notPrincipals: readPrincipals(item.NotPrincipal),
    actions: readStrings(item.Action),
    notActions: readStrings(item.NotAction),
    resources: readStrings(item.Resource),
    notResources: readStrings(item.NotResource),
    conditions,
  };
}

function readPrincipals(value: unknown): Record<string, string[]> | null {
  if (value === "*") return { AWS: ["*"] };
  if (!isRecord(value)) return null;
  const principals: Record<string, string[]> = {};
  for (const [type, names] of Object.entries(value)) principals[type] = readStrings(names) ?? [];
  return principals;
}

function readConditions(value: unknown): Condition[] | null {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) return null;
  const conditions: Condition[] = [];
  for (const [written, keys] of Object.entries(value)) {
    if (!isRecord(keys)) return null;
    const parts = written.toLowerCase().split(":");
    const bare = parts.at(-1) ?? "";
    for (const [key, values] of Object.entries(keys)) {
      conditions.push({
        operator: bare.replace(/ifexists$/, ""),
        set: parts.length > 1 ? (parts[0] ?? null) : null,
        ifExists: bare.endsWith("ifexists"),
        key: key.toLowerCase(),
        values: (Array.isArray(values) ? values : [values]).map(String),
      });
    }
  }
  return conditions;
}

function readStrings(value: unknown): string[] | null {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(String) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
