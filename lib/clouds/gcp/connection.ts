import { z } from "zod";
import { WorkloadIdentityConfiguration } from "./workload-identity-configuration.ts";

const serviceAccountEmail = z
  .string()
  .trim()
  .max(256)
  .regex(
    /^[a-z0-9][a-z0-9._-]*@(?:[a-z0-9-]+(?:\.[a-z0-9-]+)?\.iam|developer|appspot|cloudservices)\.gserviceaccount\.com$/,
    "A service account's e-mail looks like parapet@my-project.iam.gserviceaccount.com.",
  );

/** Where the credentials come from that impersonate: those of the machine, found as Google's own libraries find them. */
const source = z.object({ type: z.literal("application_default") });

/** An emulator or sandbox that all calls go to instead of Google. */
const endpointUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .optional();

/** How a project is reached. Stored with the account: it names where secrets are and never holds one. */
export const GcpConnection = z.discriminatedUnion("type", [
  z.object({ type: z.literal("application_default"), endpointUrl }),
  z.object({
    type: z.literal("impersonate"),
    serviceAccount: serviceAccountEmail,
    /** Service accounts between the source and the one impersonated, each allowed to impersonate the next. */
    delegates: z.array(serviceAccountEmail).max(10).optional(),
    source: source.optional(),
    endpointUrl,
  }),
  z.object({
    type: z.literal("workload_identity"),
    /** The credential configuration that `gcloud iam workload-identity-pools create-cred-config` writes. */
    configuration: WorkloadIdentityConfiguration,
    endpointUrl,
  }),
]);
export type GcpConnection = z.infer<typeof GcpConnection>;
