import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EFSClient } from "@aws-sdk/client-efs";
import { GuardDutyClient } from "@aws-sdk/client-guardduty";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient, type S3ControlClientConfig } from "@aws-sdk/client-s3-control";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { STSClient } from "@aws-sdk/client-sts";
import { lazily } from "../lazily.ts";
import type { AwsSession } from "./credentials.ts";
import { governCalls } from "./middleware.ts";
import { maxAttempts, PatientRetryStrategy } from "./retry.ts";
import { userAgent } from "./user-agent.ts";

/** The SDK clients of one account in one region. Each is made when first asked for, and all share their session. */
export type AwsClients = {
  readonly s3: S3Client;
  readonly s3control: S3ControlClient;
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly rds: RDSClient;
  readonly cloudtrail: CloudTrailClient;
  readonly kms: KMSClient;
  readonly configService: ConfigServiceClient;
  readonly guardduty: GuardDutyClient;
  readonly accessanalyzer: AccessAnalyzerClient;
  readonly efs: EFSClient;
  readonly securityhub: SecurityHubClient;
  readonly organizations: OrganizationsClient;
};

const bySession = new WeakMap<AwsSession, Map<string, AwsClients>>();

/**
 * The clients of a session in one region; the same ones each time.
 *
 * @param region `global` stands for the session's home region, from which global services answer. The clients live as
 * long as their session: close that, and never destroy one of them, since they share its sockets.
 */
export function awsClients(session: AwsSession, region: string): AwsClients {
  const byRegion = bySession.get(session) ?? new Map<string, AwsClients>();
  bySession.set(session, byRegion);
  const clients = byRegion.get(region) ?? makeClients(session, region);
  byRegion.set(region, clients);
  return clients;
}

function makeClients(session: AwsSession, region: string): AwsClients {
  const where = region === "global" ? session.homeRegion : region;
  const governed = { governor: session.governor, renewCredentials: session.credentials.renew };
  const config = () => ({
    region: where,
    credentials: session.credentials.provide,
    endpoint: session.endpointUrl,
    requestHandler: session.requestHandler,
    customUserAgent: userAgent,
    maxAttempts,
    retryStrategy: new PatientRetryStrategy(),
  });
  return lazily({
    s3: () => {
      // A bucket's name in front of an emulator's address would not resolve.
      const client = new S3Client({ ...config(), forcePathStyle: session.endpointUrl !== undefined });
      client.middlewareStack.use(governCalls("s3", governed));
      return client;
    },
    s3control: () => {
      const client = new S3ControlClient({ ...config(), ...withoutAccountPrefix(session) });
      client.middlewareStack.use(governCalls("s3control", governed));
      return client;
    },
    ec2: () => {
      const client = new EC2Client(config());
      client.middlewareStack.use(governCalls("ec2", governed));
      return client;
    },
    iam: () => {
      const client = new IAMClient(config());
      client.middlewareStack.use(governCalls("iam", governed));
      return client;
    },
    sts: () => {
      const client = new STSClient(config());
      client.middlewareStack.use(governCalls("sts", governed));
      return client;
    },
    rds: () => {
      const client = new RDSClient(config());
      client.middlewareStack.use(governCalls("rds", governed));
      return client;
    },
    cloudtrail: () => {
      const client = new CloudTrailClient(config());
      client.middlewareStack.use(governCalls("cloudtrail", governed));
      return client;
    },
    kms: () => {
      const client = new KMSClient(config());
      client.middlewareStack.use(governCalls("kms", governed));
      return client;
    },
    configService: () => {
      const client = new ConfigServiceClient(config());
      client.middlewareStack.use(governCalls("config", governed));
      return client;
    },
    guardduty: () => {
      const client = new GuardDutyClient(config());
      client.middlewareStack.use(governCalls("guardduty", governed));
      return client;
    },
    accessanalyzer: () => {
      const client = new AccessAnalyzerClient(config());
      client.middlewareStack.use(governCalls("accessanalyzer", governed));
      return client;
    },
    efs: () => {
      const client = new EFSClient(config());
      client.middlewareStack.use(governCalls("efs", governed));
      return client;
    },
    securityhub: () => {
      const client = new SecurityHubClient(config());
      client.middlewareStack.use(governCalls("securityhub", governed));
      return client;
    },
    organizations: () => {
      const client = new OrganizationsClient(config());
      client.middlewareStack.use(governCalls("organizations", governed));
      return client;
    },
  });
}

/**
 * S3 Control puts the account's id in front of the host, in front of an emulator's too: `111122223333.127.0.0.1` is no
 * host. With an endpoint of one's own the URL is used as it stands.
 */
function withoutAccountPrefix({ endpointUrl }: AwsSession): Partial<S3ControlClientConfig> {
  if (endpointUrl === undefined) return {};
  return { disableHostPrefix: true, endpointProvider: () => ({ url: new URL(endpointUrl) }) };
}
