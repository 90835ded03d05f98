/**
 * Errors that AWS's front answers before a service's own code runs. Each protocol family, and here and there a service,
 * has its own code and status for the same thing; the table holds what AWS answers.
 */
import { AwsError } from "#sandbox/aws/model.ts";
import type { Protocol } from "./describe-service.ts";

export type FrontFault =
  | "missing-authentication"
  | "incomplete-signature"
  | "unknown-key"
  | "bad-signature"
  | "bad-token"
  | "expired-token"
  | "skewed-clock"
  | "bad-payload-hash"
  | "region-disabled"
  | "access-denied"
  | "throttled"
  | "internal"
  | "unknown-operation"
  | "no-handler"
  | "malformed-input"
  | "missing-member";

type Answer = readonly [code: string, status: number];

const json: Record<FrontFault, Answer> = {
  "missing-authentication": ["MissingAuthenticationTokenException", 400],
  "incomplete-signature": ["IncompleteSignatureException", 400],
  "unknown-key": ["UnrecognizedClientException", 400],
  "bad-signature": ["InvalidSignatureException", 400],
  "bad-token": ["UnrecognizedClientException", 400],
  "expired-token": ["ExpiredTokenException", 400],
  "skewed-clock": ["InvalidSignatureException", 400],
  "bad-payload-hash": ["InvalidSignatureException", 400],
  "region-disabled": ["UnrecognizedClientException", 400],
  "access-denied": ["AccessDeniedException", 400],
  throttled: ["ThrottlingException", 400],
  internal: ["InternalFailure", 500],
  "unknown-operation": ["UnknownOperationException", 400],
  "no-handler": ["UnknownOperationException", 501],
  "malformed-input": ["SerializationException", 400],
  "missing-member": ["ValidationException", 400],
};

const restJson: Record<FrontFault, Answer> = {
  "missing-authentication": ["MissingAuthenticationTokenException", 403],
  "incomplete-signature": ["IncompleteSignatureException", 400],
  "unknown-key": ["UnrecognizedClientException", 403],
  "bad-signature": ["InvalidSignatureException", 403],
  "bad-token": ["UnrecognizedClientException", 403],
  "expired-token": ["ExpiredTokenException", 403],
  "skewed-clock": ["InvalidSignatureException", 403],
  "bad-payload-hash": ["InvalidSignatureException", 403],
  "region-disabled": ["UnrecognizedClientException", 403],
  "access-denied": ["AccessDeniedException", 403],
  throttled: ["TooManyRequestsException", 429],
  internal: ["InternalServerErrorException", 500],
  "unknown-operation": ["UnknownOperationException", 404],
  "no-handler": ["UnknownOperationException", 501],
  "malformed-input": ["SerializationException", 400],
  "missing-member": ["ValidationException", 400],
};

const query: Record<FrontFault, Answer> = {
  "missing-authentication": ["MissingAuthenticationToken", 403],
  "incomplete-signature": ["IncompleteSignature", 400],
  "unknown-key": ["InvalidClientTokenId", 403],
  "bad-signature": ["SignatureDoesNotMatch", 403],
  "bad-token": ["InvalidClientTokenId", 403],
  "expired-token": ["ExpiredToken", 403],
  "skewed-clock": ["SignatureDoesNotMatch", 403],
  "bad-payload-hash": ["SignatureDoesNotMatch", 403],
  "region-disabled": ["InvalidClientTokenId", 403],
  "access-denied": ["AccessDenied", 403],
  throttled: ["Throttling", 400],
  internal: ["InternalFailure", 500],
  "unknown-operation": ["InvalidAction", 400],
  "no-handler": ["InvalidAction", 501],
  "malformed-input": ["MalformedInput", 400],
  "missing-member": ["ValidationError", 400],
};

const ec2: Record<FrontFault, Answer> = {
  ...query,
  "missing-authentication": ["MissingParameter", 400],
  "unknown-key": ["AuthFailure", 401],
  "bad-signature": ["AuthFailure", 401],
  "bad-token": ["AuthFailure", 401],
  "expired-token": ["RequestExpired", 400],
  "skewed-clock": ["RequestExpired", 400],
  "bad-payload-hash": ["AuthFailure", 401],
  "region-disabled": ["AuthFailure", 401],
  "access-denied": ["UnauthorizedOperation", 403],
  throttled: ["RequestLimitExceeded", 503],
  internal: ["InternalError", 500],
  "malformed-input": ["InvalidParameterValue", 400],
  "missing-member": ["MissingParameter", 400],
};

const restXml: Record<FrontFault, Answer> = {
  "missing-authentication": ["AccessDenied", 403],
  "incomplete-signature": ["AuthorizationHeaderMalformed", 400],
  "unknown-key": ["InvalidAccessKeyId", 403],
  "bad-signature": ["SignatureDoesNotMatch", 403],
  "bad-token": ["InvalidToken", 400],
  "expired-token": ["ExpiredToken", 400],
  "skewed-clock": ["RequestTimeTooSkewed", 403],
  "bad-payload-hash": ["XAmzContentSHA256Mismatch", 400],
  "region-disabled": ["InvalidToken", 400],
  "access-denied": ["AccessDenied", 403],
  throttled: ["SlowDown", 503],
  internal: ["InternalError", 500],
  "unknown-operation": ["MethodNotAllowed", 405],
  "no-handler": ["NotImplemented", 501],
  "malformed-input": ["MalformedXML", 400],
  "missing-member": ["InvalidRequest", 400],
};

const answers: Record<Protocol, Record<FrontFault, Answer>> = {
  json,
  "rpc-v2-cbor": json,
  "rest-json": restJson,
  query,
  ec2,
  "rest-xml": restXml,
};

const invalidToken = "The security token included in the request is invalid.";
const notValidated = "AWS was not able to validate the provided access credentials";

const messages: Partial<Record<FrontFault, string>> = {
  "missing-authentication": "Request is missing Authentication Token",
  "unknown-key": invalidToken,
  "bad-signature":
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
  "bad-token": invalidToken,
  "expired-token": "The security token included in the request is expired",
  "bad-payload-hash": "The provided 'x-amz-content-sha256' header does not match what was computed.",
  "region-disabled": invalidToken,
  throttled: "Rate exceeded",
  internal: "We encountered an internal error. Please try again.",
};

const ownMessages: Partial<Record<Protocol, Partial<Record<FrontFault, string>>>> = {
  ec2: {
    "unknown-key": notValidated,
    "bad-signature": notValidated,
    "bad-token": notValidated,
    "region-disabled": notValidated,
    "expired-token": "Request has expired.",
    throttled: "Request limit exceeded.",
  },
  "rest-xml": {
    "missing-authentication": "Access Denied",
    "unknown-key": "The AWS Access Key Id you provided does not exist in our records.",
    "bad-token": "The provided token is malformed or otherwise invalid.",
    "region-disabled": "The provided token is malformed or otherwise invalid.",
    "expired-token": "The provided token has expired.",
    throttled: "Please reduce your request rate.",
  },
};

/** A fault of the front, not yet bound to a protocol: which one is spoken is known only to who answers. */
export class FrontError extends Error {
  override readonly name = "FrontError";
  readonly fault: FrontFault;
  /** Without `message` the protocol's own counts. */
  constructor(fault: FrontFault, message = "") {
    super(message);
    this.fault = fault;
  }
}

/** The validation errors that REST-JSON services call differently, in the order they are looked for. */
const validationShapes = ["ValidationException", "InvalidParameterException", "BadRequestException"];

export function toAwsError(
  error: FrontError,
  protocol: Protocol,
  knownShapes: ReadonlySet<string>,
): AwsError {
  const { fault } = error;
  const [code, status] = answers[protocol][fault];
  const message = error.message || ownMessages[protocol]?.[fault] || messages[fault] || code;
  const isValidation = fault === "missing-member" && protocol === "rest-json";
  const shape = isValidation ? validationShapes.find((name) => knownShapes.has(name)) : undefined;
  return new AwsError(shape ?? code, message, status);
}
