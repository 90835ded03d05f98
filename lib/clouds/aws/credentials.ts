import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { z } from "zod";
import { refuseEmulator } from "../emulator.ts";
import { CallGovernor, type LimitOptions } from "../limits.ts";
import { type RefreshingCredentials, refreshingCredentials } from "./refreshing-credentials.ts";
import { maxAttempts, PatientRetryStrategy } from "./retry.ts";
import { userAgent } from "./user-agent.ts";

const roleArn = z
  .string()
  .trim()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/,
    "A role's ARN looks like arn:aws:iam::111122223333:role/parapet.",
  );

/** Where the keys come from: the SDK's own chain (environment, profile, container, instance), or a named profile. */
const source = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ambient") }),
  z.object({ type: z.literal("profile"), profile: z.string().trim().min(1).max(200) }),
]);

/** An emulator or sandbox that all calls go to instead of AWS. */
const endpointUrl = z.url({ protocol: /^https?$/ }).optional();

/** How an account is reached. Stored with the account: it names where secrets are and never holds one. */
export const AwsConnection = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ambient"), endpointUrl }),
  z.object({ type: z.literal("profile"), profile: z.string().trim().min(1).max(200), endpointUrl }),
  z.object({
    type: z.literal("assume_role"),
    roleArn,
    /** What the role's trust policy asks for, so that nobody else can have this installation assume it. */
    externalId: z
      .string()
      .min(2)
      .max(1224)
      .regex(/^[\w+=,.@:/-]*$/)
      .optional(),
    source: source.optional(),
    endpointUrl,
  }),
]);
export type AwsConnection = z.infer<typeof AwsConnection>;

export type AwsSessionOptions = {
  /** Long-lived keys to use in place of the connection's source; the sandbox's only, and kept in memory alone. */
  sourceKeys?: AwsCredentialIdentity;
  /** The region for calls that belong to none; else as the SDK finds it, else the partition's first. */
  region?: string;
  limits?: LimitOptions;
};

/** One account as one process reaches it: credentials, sockets and limits, shared by its clients in all regions. */
export type AwsSession = {
  endpointUrl: string | undefined;
  /** The region for calls that belong to none, such as STS and IAM. */
  homeRegion(): Promise<string>;
  credentials: RefreshingCredentials;
  governor: CallGovernor;
  requestHandler: NodeHttpHandler;
  /** Closes the sockets; calls that are under way fail. */
  close(): void;
};

/**
 * Opens a session. Nothing is called before the first request; wrong credentials show then. Throws a DomainError
 * (`unavailable`) for an emulator that is not to be trusted.
 */
export function awsSession(connection: AwsConnection, options: AwsSessionOptions = {}): AwsSession {
  refuseEmulator(connection, options.sourceKeys ? "own" : "machine");
  const requestHandler = newRequestHandler();
  const homeRegion = () => findRegion(connection, options);
  const endpoint = connection.endpointUrl ?? environmentEndpoint();
  const provider =
    connection.type === "assume_role"
      ? fromTemporaryCredentials({
          masterCredentials: sourceProvider(connection.source ?? { type: "ambient" }, options.sourceKeys),
          params: {
            RoleArn: connection.roleArn,
            RoleSessionName: "parapet",
            ExternalId: connection.externalId,
            DurationSeconds: 3600,
          },
          clientConfig: {
            region: homeRegion,
            endpoint,
            requestHandler,
            customUserAgent: userAgent,
            maxAttempts,
            retryStrategy: new PatientRetryStrategy(),
          },
        })
      : sourceProvider(connection, options.sourceKeys);
  return {
    endpointUrl: endpoint,
    homeRegion,
    credentials: refreshingCredentials(provider),
    governor: new CallGovernor(options.limits),
    requestHandler,
    close: () => requestHandler.destroy(),
  };
}

function sourceProvider(
  from: z.infer<typeof source>,
  keys: AwsCredentialIdentity | undefined,
): AwsCredentialIdentityProvider {
  if (keys) return async () => keys;
  return from.type === "profile" ? fromIni({ profile: from.profile }) : fromNodeProviderChain();
}

/**
 * One pool of kept-alive sockets per account. Its bound lies above what the limits of all services together usually let
 * through, and exists so that a mistake can't open thousands.
 */
function newRequestHandler(): NodeHttpHandler {
  const agent = { keepAlive: true, maxSockets: 100 };
  return new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  });
}

/** `AWS_ENDPOINT_URL`, read here as well as by the SDK, since path-style addressing hangs on whether there is one. */
function environmentEndpoint(): string | undefined {
  if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === "true") return undefined;
  return process.env.AWS_ENDPOINT_URL || undefined;
}

async function findRegion(connection: AwsConnection, options: AwsSessionOptions): Promise<string> {
  if (options.region) return options.region;
  const profile =
    connection.type === "profile"
      ? connection.profile
      : connection.type === "assume_role" && connection.source?.type === "profile"
        ? connection.source.profile
        : undefined;
  const fallback = firstRegionOf(
    connection.type === "assume_role" ? connection.roleArn.split(":")[1] : "aws",
  );
  const find = loadConfig(
    { ...NODE_REGION_CONFIG_OPTIONS, default: fallback },
    { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile ? { profile } : {}) },
  );
  const region = await find();
  // A role of another partition can't be assumed from the region that the environment happens to name.
  return partitionOf(region) === partitionOf(fallback) ? region : fallback;
}

const partitionOf = (region: string): string =>
  region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

const firstRegionOf = (partition: string | undefined): string =>
  partition === "aws-cn" ? "cn-north-1" : partition === "aws-us-gov" ? "us-gov-west-1" : "us-east-1";
