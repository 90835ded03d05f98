import { z } from "zod";
import { DomainError } from "#lib/errors.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { parseInput } from "#lib/mutation.ts";
import { type Connection, parseConnection } from "../connection.ts";

/** The members are reached with the very credentials that list them. */
const same = z.object({ type: z.literal("same") });

/** A role of one name in every AWS account, assumed with the credentials that the source itself starts from. */
const role = z.object({
  type: z.literal("role"),
  roleName: z
    .string()
    .trim()
    .regex(
      /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
      "A role's name has letters, digits and +=,.@-; put its path in front, if it has one.",
    ),
  /** What every role's trust policy asks for. */
  externalId: z
    .string()
    .min(2)
    .max(1224)
    .regex(/^[\w+=,.@:/-]*$/)
    .optional(),
  partition: z.enum(["aws", "aws-cn", "aws-us-gov"]).optional(),
});

/** A service account of one name in every Google Cloud project, impersonated with the source's own credentials. */
const serviceAccount = z.object({
  type: z.literal("service_account"),
  accountName: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "The part of a service account's e-mail before the @."),
});

/** How the members of a source are reached. */
export const MemberTemplate = {
  aws: z.discriminatedUnion("type", [role]),
  azure: z.discriminatedUnion("type", [same]),
  gcp: z.discriminatedUnion("type", [same, serviceAccount]),
};
export type MemberTemplate = { [C in Cloud]: z.infer<(typeof MemberTemplate)[C]> };

/** Parses a template of a cloud. Throws a DomainError (`invalid_input`) that names the field. */
export const parseTemplate = <C extends Cloud>(cloud: C, template: unknown): MemberTemplate[C] =>
  parseInput(wrapped[cloud], { template }).template;

const wrapped: { [C in Cloud]: z.ZodType<{ template: MemberTemplate[C] }> } = {
  aws: z.object({ template: MemberTemplate.aws }),
  azure: z.object({ template: MemberTemplate.azure }),
  gcp: z.object({ template: MemberTemplate.gcp }),
};

/** A source as it is stored, as far as reaching its members goes. */
export type StoredSource = {
  cloud: Cloud;
  connection: Record<string, unknown>;
  template: Record<string, unknown>;
  /** The account that the source's own credentials reach; null when they reach none or it isn't known. */
  ownExternalId: string | null;
};

/**
 * How one member is reached. The account that the source's own credentials reach is reached as the source is, since an
 * organisation's management account seldom has the members' role. Throws a DomainError (`invalid_input`) for a template
 * that doesn't go with the connection.
 */
export function memberConnection(source: StoredSource, externalId: string): Connection[Cloud] {
  const { cloud } = source;
  if (cloud === "azure" || externalId === source.ownExternalId)
    return parseConnection(cloud, source.connection);
  if (cloud === "aws") {
    return roleIn(
      parseConnection("aws", source.connection),
      parseTemplate("aws", source.template),
      externalId,
    );
  }
  const connection = parseConnection("gcp", source.connection);
  const template = parseTemplate("gcp", source.template);
  return template.type === "same" ? connection : impersonated(connection, template.accountName, externalId);
}

/** Refuses a template that doesn't go with its connection, before there is any member. */
export function checkTemplate(source: StoredSource): void {
  memberConnection(source, source.cloud === "aws" ? "111122223333" : "example-project");
}

function roleIn(
  connection: Connection["aws"],
  { roleName, externalId, partition }: MemberTemplate["aws"],
  account: string,
): Connection["aws"] {
  const arn = connection.type === "assume_role" ? connection.roleArn : undefined;
  const from =
    connection.type === "profile"
      ? { type: "profile" as const, profile: connection.profile }
      : connection.type === "assume_role"
        ? connection.source
        : undefined;
  return {
    type: "assume_role",
    roleArn: `arn:${partition ?? arn?.split(":")[1] ?? "aws"}:iam::${account}:role/${roleName}`,
    ...(externalId === undefined ? {} : { externalId }),
    ...(from === undefined ? {} : { source: from }),
    ...(connection.endpointUrl === undefined ? {} : { endpointUrl: connection.endpointUrl }),
  };
}

function impersonated(connection: Connection["gcp"], name: string, project: string): Connection["gcp"] {
  if (connection.type === "workload_identity") {
    throw new DomainError(
      "invalid_input",
      "Nothing was changed. template: A federated identity can't impersonate further service accounts; reach the members with the same credentials.",
      { fields: { template: "A federated identity can't impersonate further service accounts." } },
    );
  }
  // The project of a domain, example.com:project, has the e-mail …@project.example.com.iam.gserviceaccount.com.
  const [domain, id] = project.includes(":") ? project.split(":") : [undefined, project];
  const target = `${name}@${domain === undefined ? id : `${id}.${domain}`}.iam.gserviceaccount.com`;
  const delegates =
    connection.type === "impersonate" ? [...(connection.delegates ?? []), connection.serviceAccount] : [];
  return {
    type: "impersonate",
    serviceAccount: target,
    ...(delegates.length > 0 ? { delegates } : {}),
    ...(connection.endpointUrl === undefined ? {} : { endpointUrl: connection.endpointUrl }),
  };
}
