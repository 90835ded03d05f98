/**
 * The seam between the wire layer (`sandbox/aws/wire/`), which knows protocols and no services, and the handlers
 * (`sandbox/aws/handlers/<service>.ts`), which know services and no protocols.
 */

/** Who is calling, as SigV4 told: an access key of the estate, or a session that AssumeRole handed out. */
export type Principal = { account: string; arn: string; accessKeyId: string };

export type Call = {
  principal: Principal;
  /** The account acted on: the principal's own. */
  account: string;
  /** The region the request was signed for. */
  region: string;
  estate: AwsEstate;
  /** Now, by the sandbox's clock. */
  now: Date;
  /** Whether a fault denies the caller an action. Nothing else does: every identity of the estate may do anything. */
  denies(action: string): boolean;
};

/**
 * An error as the service itself would answer it; the wire layer puts it into the protocol's shape.
 * `code` may be the shape's name (`NoSuchEntityException`) or the code the wire carries (`NoSuchEntity`): the wire layer
 * translates by the SDK's own error schemas. Without `status` the schema's own status counts, else 400.
 */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number | undefined;
  readonly extras: AwsErrorExtras;
  constructor(code: string, message: string, status?: number, extras: AwsErrorExtras = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.extras = extras;
  }
}

/** What an error carries besides code and message: further members of its shape (`BucketName`), response headers. */
export type AwsErrorExtras = {
  members?: Record<string, string | number | boolean>;
  headers?: Record<string, string>;
};

/** One operation: the SDK's own input shape in, its output shape (without `$metadata`) out. */
export type Handler<Input = unknown, Output = unknown> = (
  input: Input,
  call: Call,
) => Output | Promise<Output>;

/** A service: the SDK package that describes it, and its handlers by operation name (`GetBucketPolicy`). */
export type Service = {
  /** The SDK client's package, such as `@aws-sdk/client-s3`; the wire layer reads the operation schemas out of it. */
  sdk: Record<string, unknown>;
  /** The signing name in the credential scope, such as `s3` or `monitoring`. */
  signingName: string;
  handlers: Record<string, Handler<never, object>>;
};

/** The whole of the AWS side: mutable, kept in memory, one per sandbox process. */
export type AwsEstate = {
  /** Every key that may sign: long-lived ones of the estate and temporary ones that AssumeRole added. */
  credentials: Map<
    string,
    { secretAccessKey: string; sessionToken?: string; expiresAt?: Date; principal: Principal }
  >;
  accounts: Map<string, AwsAccount>;
};

export type AwsAccount = {
  id: string;
  name: string;
  partition: "aws";
  /** Regions enabled for the account. */
  regions: string[];
  /** Regions that exist and are not enabled. */
  disabledRegions: string[];
  /** State by service, then by region (`global` for services without): whatever the service's handlers keep there. */
  state: Map<string, unknown>;
};
