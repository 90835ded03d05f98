import { createHash } from "node:crypto";
import { type GcpCall, GcpError } from "./model.ts";

/** A resource's IAM policy as the APIs write it. */
export type IamPolicy = {
  version?: number;
  bindings?: { role: string; members: string[]; condition?: object }[];
  auditConfigs?: object[];
  etag?: string;
};

/** The policy with the etag that its content gives it. */
export function readPolicy(policy: IamPolicy | undefined): IamPolicy {
  const { etag: _stored, ...content } = policy ?? {};
  return { version: 1, ...content, etag: etagOf(content) };
}

/**
 * The policy that a `setIamPolicy` leaves behind. One that was read before somebody else's change is refused; one that
 * brings no etag overwrites.
 */
export function writePolicy(
  current: IamPolicy | undefined,
  given: unknown,
  stale: "aborted" | "conditionNotMet" = "aborted",
): IamPolicy {
  if (!isPolicy(given)) throw new GcpError("INVALID_ARGUMENT", "The policy is not an IAM policy.");
  const { etag, ...content } = given;
  if (etag !== undefined && etag !== readPolicy(current).etag) throw staleError(stale);
  return content;
}

const staleError = (style: "aborted" | "conditionNotMet") =>
  style === "aborted"
    ? new GcpError(
        "ABORTED",
        "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.",
        { reason: "aborted" },
      )
    : new GcpError("FAILED_PRECONDITION", "At least one of the pre-conditions you specified did not hold.", {
        httpStatus: 412,
        reason: "conditionNotMet",
      });

const etagOf = (content: object): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("base64").slice(0, 11).concat("=");

function isPolicy(given: unknown): given is IamPolicy {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return false;
  const bindings: unknown = "bindings" in given ? given.bindings : [];
  return Array.isArray(bindings) && bindings.every((binding) => typeof binding?.role === "string");
}

/** The policy in the body of the newer APIs' `setIamPolicy`. */
export const policyIn = (call: Pick<GcpCall, "body">): unknown => call.body.policy;
