import {
  type ManagedPolicyDetail,
  paginateListServerCertificates,
  type ServerCertificateMetadata,
} from "@aws-sdk/client-iam";
import { listing, readAndUnread, readPromised, required, timeOf } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import {
  authorizationDetails,
  decodeDocument,
  entitiesOf,
  iamResource,
  originOf,
} from "./iam-authorization.ts";

export const policies: AwsCollector<"aws.iam.policy"> = {
  kind: "aws.iam.policy",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: [authorizationDetails],
  collect(context) {
    const filter = ["LocalManagedPolicy", "AWSManagedPolicy"] as const;
    const found = entitiesOf(context, [...filter], (page) => page.Policies);
    return context.each(found, (policy) => describePolicy(context, policy));
  },
};

async function describePolicy(
  context: AwsContext,
  policy: ManagedPolicyDetail,
): Promise<Resource<"aws.iam.policy"> | null> {
  const common = iamResource(context, policy.Arn, policy.PolicyName);
  const managedBy = common.uid.split(":")[4] === "aws" ? "aws" : "customer";
  const attachmentCount = required(policy.AttachmentCount, "AttachmentCount");
  // There are over a thousand policies of AWS's, of which an account uses a few.
  if (managedBy === "aws" && attachmentCount === 0) return null;
  const document = await context.read(common.uid, authorizationDetails, async () => {
    const version = policy.PolicyVersionList?.find((candidate) => candidate.IsDefaultVersion);
    return decodeDocument(required(version, "default version").Document, "policy document");
  });
  const { read, unread } = readAndUnread({ document: document ?? undefined });
  return {
    ...common,
    kind: "aws.iam.policy",
    config: {
      managedBy,
      ...originOf(policy),
      updatedAt: timeOf(policy.UpdateDate),
      attachmentCount,
      defaultVersionId: policy.DefaultVersionId ?? null,
      ...read,
    },
    unread,
  };
}

export const serverCertificates: AwsCollector<"aws.iam.server-certificate"> = {
  kind: "aws.iam.server-certificate",
  cloud: "aws",
  service: "iam",
  scope: "global",
  permissions: ["iam:ListServerCertificates"],
  collect(context) {
    const { clients, signal } = context;
    const pages = paginateListServerCertificates(
      { client: clients.iam, pageSize: 1000 },
      {},
      { abortSignal: signal },
    );
    const operation = "iam:ListServerCertificates";
    const found = listing(operation, pages, (page) => page.ServerCertificateMetadataList);
    return context.each(found, (certificate) => describeCertificate(context, certificate));
  },
};

async function describeCertificate(
  context: AwsContext,
  certificate: ServerCertificateMetadata,
): Promise<Resource<"aws.iam.server-certificate">> {
  const common = iamResource(context, certificate.Arn, certificate.ServerCertificateName);
  const { read, unread } = await readPromised(context, common.uid, "iam:ListServerCertificates", {
    expiresAt: timeOf(certificate.Expiration) ?? undefined,
  });
  return {
    ...common,
    kind: "aws.iam.server-certificate",
    config: {
      path: required(certificate.Path, "Path"),
      uploadedAt: timeOf(certificate.UploadDate),
      ...read,
    },
    unread,
  };
}
