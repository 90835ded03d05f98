/**
 * The seam between Google Cloud's wire layer (`sandbox/gcp/wire/`), which knows paths, tokens, error shapes and faults and
 * no APIs, and the route tables (`sandbox/gcp/handlers/<api>.ts`), which know APIs and nothing of HTTP.
 *
 * To add an API: write `handlers/<api>.ts` exporting a `GcpApi`, list it in `sandbox/gcp/apis.ts`, and keep its resources
 * in `collectionOf(project, "<api>.<collection>")`, in the API's own JSON shapes. The estate's builders fill the same
 * collections.
 */

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Somebody who can hold an access token. */
export type GcpIdentity = {
  email: string;
  kind: "user" | "serviceAccount";
  /** The project that a service account lives in, and that its calls are counted against. */
  projectId: string | null;
  /** E-mails of those who may have tokens made in a service account's name. */
  impersonators: readonly string[];
};

/**
 * What an identity may do in a project: `viewer` reads everything but the data itself, `editor` does everything, and a
 * list holds permissions, with `*` as in `storage.buckets.*`.
 */
export type ProjectAccess = "viewer" | "editor" | readonly string[];

export type GcpProject = {
  id: string;
  number: string;
  name: string;
  labels: Record<string, string>;
  createdAt: Date;
  /** Hosts of the APIs in use, such as `compute.googleapis.com`; calls to others answer SERVICE_DISABLED. */
  enabledApis: Set<string>;
  /** By e-mail. */
  access: Map<string, ProjectAccess>;
  /** State by collection: see `collectionOf`. */
  collections: Map<string, Map<string, object>>;
};

/** The whole of the Google side: mutable, kept in memory, one per sandbox process. */
export type GcpEstate = {
  /** By id. */
  projects: Map<string, GcpProject>;
  /** By e-mail. */
  identities: Map<string, GcpIdentity>;
  /** Users' stored credentials, by refresh token. */
  refreshTokens: Map<string, { clientId: string; clientSecret: string; email: string }>;
  /** Service account keys that may sign assertions, by key id; the public half in PEM. */
  serviceAccountKeys: Map<string, { email: string; publicKey: string }>;
  /** Subject tokens that a workload identity provider accepts, by audience; each stands for a service account or user. */
  federations: Map<string, Map<string, string>>;
  /** The longest page that any list gives, whatever is asked for: small, so that paging is really exercised. */
  maxPageSize: number;
};

/** A call that has been let in. */
export type GcpCall = {
  identity: GcpIdentity;
  estate: GcpEstate;
  /** The project acted on. */
  project: GcpProject;
  method: HttpMethod;
  /** The path after the host, decoded. */
  path: string;
  /** What the path's variables stand for. */
  labels: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The header by which the older APIs take the etag of what was read; null when there is none. */
  ifMatch: string | null;
  /** The parsed body; `{}` when there is none. */
  body: Readonly<Record<string, unknown>>;
  /**
   * Whether the caller holds a further permission on the project: for lists that leave out what the caller may not see,
   * and for those who ask what they may do.
   */
  may(permission: string): boolean;
  /** Now, by the sandbox's clock. */
  now: Date;
  /** The sandbox's own address followed by the API's host, for links. */
  baseUrl: string;
};

/** What is known of a call before it has been let in. */
export type GcpRequest = Pick<
  GcpCall,
  "estate" | "method" | "path" | "labels" | "query" | "ifMatch" | "body"
>;

export type GcpRoute = {
  method: HttpMethod;
  /**
   * The path after the host, such as `/storage/v1/b/{bucket}/iam`. `{name}` is one step, `{name...}` the rest of the path;
   * a custom verb follows the last step: `/v1/projects/{project}:getIamPolicy`.
   */
  path: string;
  /**
   * The IAM permissions that Google's reference names for the call, as the role templates have them; all are needed.
   * None for the few calls that need none.
   */
  permissions: readonly string[] | ((request: GcpRequest) => readonly string[]);
  /** Permissions without which the call is answered all the same, but shows nothing: the handler asks `call.may`. */
  filteredBy?: readonly string[];
  /** The id (or number) of the project acted on; `labels.project` when left out. */
  project?(request: GcpRequest, identity: GcpIdentity): string | undefined;
  /** The answer's JSON. What it can't do it throws as a `GcpError`. */
  handler(call: GcpCall): object | Promise<object>;
};

export type GcpApi = {
  /** The API's host, such as `storage.googleapis.com`. */
  host: string;
  /** Its name in messages, such as `Cloud Storage JSON API`. */
  title: string;
  /** How it writes errors: `legacy` with `errors[].reason`, `rpc` with `status` and `details` (AIP-193). */
  errors: "legacy" | "rpc";
  /** True for APIs that no project has to enable. */
  alwaysOn?: boolean;
  routes: readonly GcpRoute[];
};

/** Codes of google.rpc.Code that the sandbox answers with, and their HTTP status. */
export const httpStatusOf = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
} as const;
export type RpcCode = keyof typeof httpStatusOf;

/** An error as the API itself would answer it; the wire layer puts it into the API's shape. */
export class GcpError extends Error {
  override readonly name = "GcpError";
  readonly status: RpcCode;
  readonly extras: GcpErrorExtras;
  constructor(status: RpcCode, message: string, extras: GcpErrorExtras = {}) {
    super(message);
    this.status = status;
    this.extras = extras;
  }
}

export type GcpErrorExtras = {
  /** In place of the code's own, such as 412. */
  httpStatus?: number;
  /** For APIs with `errors[]`; else what usually goes with the code, such as `notFound`. */
  reason?: string;
  /** `errors[].domain`; `global` when left out. */
  domain?: string;
  /** `error.details`, such as an ErrorInfo. */
  details?: readonly object[];
};

/**
 * The resources of one collection of a project, such as `storage.buckets`, by a key of its owner's choice, in the order
 * they were made. The collection's owner says in its handlers' file what the values are.
 */
export function collectionOf<T extends object>(project: GcpProject, name: string): Map<string, T> {
  let collection = project.collections.get(name);
  if (!collection) {
    collection = new Map();
    project.collections.set(name, collection);
  }
  // The collections of an estate are of many types, and each has one owner, who names its type here.
  return collection as Map<string, T>;
}
