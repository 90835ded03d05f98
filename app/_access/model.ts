import type { Database } from "#db/client.ts";
import type { Role } from "#db/identity/roles.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { ErrorCode } from "#lib/errors.ts";
import type { World } from "./world.ts";

/** How a call ended; `sign_in` is the way to the sign-in page. */
export type Outcome = "done" | "sign_in" | ErrorCode;

/** What a row may make its input from. What it writes is rolled back after the call, as is the call itself. */
export type Given = {
  /** In the transaction of this one call. */
  db: Database;
  /** Rows of the first organisation. */
  ids: World["ids"];
  /** The first organisation's user of the role that is tried; their own things are made with it. */
  scope: Scope;
  role: Role;
  /** Another user of the first organisation. */
  as(role: Role): Scope;
};

/** What a route handler is called with. */
export type RouteInput = {
  params?: Record<string, string | string[]>;
  query?: Record<string, string>;
  /** Sent as JSON, unless it is a FormData, URLSearchParams or text. */
  body?: unknown;
  headers?: Record<string, string>;
};

/**
 * What is expected of one mutation, server action or route handler.
 *
 * It is called as each of the five roles, as nobody, as a user of another organisation with the first one's ids, and as a
 * user of the first organisation who sees none of its accounts. Nothing of the first organisation may change, nor be in
 * the answer, where the outcome is not the allowed one.
 */
export type Access = {
  /** Who may call it: these roles, `everyone` who is signed in, or `anyone` at all. The others are refused. */
  roles: readonly Role[] | "everyone" | "anyone";
  /** A mutation's input, an action's array of arguments, or a `RouteInput`. */
  input?: (given: Given) => unknown;
  /** What those who may get; `done` when left out. An error code where the sample can't succeed in a test. */
  outcome?: Outcome;
  /** What the same caller of another organisation gets; `not_found` when left out. */
  foreign?: Outcome;
  /** What a colleague gets who sees no account; as `foreign` when left out. */
  unseen?: Outcome;
  /** What those get who may not; `forbidden` when left out. */
  refused?: Outcome;
};

/** One that can only be reached through another, which stands in the table by this key. */
export type Inner = { through: string };

/**
 * Keys are `lib/scans/start-scan.ts#startScan` for a mutation, `app/(dashboard)/scans/actions.ts#startScanAction` for a
 * server action, and `GET /api/scans/[scanId]` for a route handler.
 */
export type AccessTable = Record<string, Access | Inner>;

export const isInner = (row: Access | Inner): row is Inner => "through" in row;
