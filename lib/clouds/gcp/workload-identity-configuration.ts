import { z } from "zod";

/** A URL of exactly these hosts, over TLS, without user, port or anything that another parser might read otherwise. */
const httpsOf = (host: string, path: RegExp, what: string) =>
  z
    .string()
    .max(500)
    .refine((text) => {
      const url = URL.canParse(text) ? new URL(text) : null;
      return (
        url?.protocol === "https:" && url.host === host && !url.username && !url.password && path.test(text)
      );
    }, what);

/** Addresses at which a machine asks its own cloud who it is. They answer nobody else. */
const metadataHosts = new Set([
  "169.254.169.254",
  "[fd00:ec2::254]",
  "169.254.170.2",
  "127.0.0.1",
  "localhost",
]);

const isMetadataUrl = (text: string): boolean =>
  URL.canParse(text) && new URL(text).protocol === "http:" && metadataHosts.has(new URL(text).hostname);

const metadataUrl = z
  .string()
  .max(500)
  .refine(
    isMetadataUrl,
    "It must be the address of the machine's metadata service, as in http://169.254.169.254/….",
  );

/** Where a subject token is fetched: a metadata service over plain HTTP, or anything over TLS. */
const tokenSourceUrl = z
  .string()
  .max(2_000)
  .refine(
    (text) => isMetadataUrl(text) || (URL.canParse(text) && new URL(text).protocol === "https:"),
    "The address of the subject token must be https, or the machine's metadata service.",
  );

const format = z
  .object({
    type: z.enum(["text", "json"]),
    subject_token_field_name: z.string().min(1).max(200).optional(),
  })
  .refine((given) => given.type === "text" || given.subject_token_field_name !== undefined, {
    message: "A token in JSON needs subject_token_field_name.",
  })
  .optional();

const fileSource = z.strictObject({ file: z.string().min(1).max(1_000), format });

const urlSource = z.strictObject({
  url: tokenSourceUrl,
  headers: z.record(z.string().max(200), z.string().max(1_000)).optional(),
  format,
});

const awsSource = z.strictObject({
  environment_id: z.literal("aws1"),
  region_url: metadataUrl.optional(),
  url: metadataUrl.optional(),
  imdsv2_session_token_url: metadataUrl.optional(),
  regional_cred_verification_url: z
    .string()
    .max(500)
    .regex(
      /^https:\/\/sts\.(?:\{region\}|[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/?\?Action=GetCallerIdentity&Version=2011-06-15$/,
      "It must be the address of AWS's GetCallerIdentity.",
    ),
});

const credentialSource = z
  .record(z.string(), z.unknown())
  .refine((given) => !("executable" in given), {
    message:
      "This configuration runs a command to get its token (credential_source.executable). Parapet runs no commands that a configuration names; use a file or URL source.",
    abort: true,
  })
  .refine((given) => !("certificate" in given), {
    message: "Client certificates (credential_source.certificate) are not supported.",
    abort: true,
  })
  .pipe(z.union([fileSource, urlSource, awsSource], "It must be a file, url or AWS credential source."));

/**
 * Google's external account credential configuration (workload identity federation): it holds no secret, but names where
 * this machine finds a token of its own that Google accepts. What tokens are sent to is held to Google's own hosts, since
 * whoever could name another would be handed them.
 */
export const WorkloadIdentityConfiguration = z.object({
  type: z.literal("external_account"),
  universe_domain: z
    .literal("googleapis.com", "Other universes than googleapis.com are not supported.")
    .optional(),
  audience: z
    .string()
    .max(500)
    .regex(
      /^\/\/iam\.googleapis\.com\/(?:projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+|locations\/global\/workforcePools\/[a-z0-9-]+)\/providers\/[a-z0-9-]+$/,
      "It looks like //iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/POOL/providers/PROVIDER.",
    ),
  subject_token_type: z.enum([
    "urn:ietf:params:oauth:token-type:jwt",
    "urn:ietf:params:oauth:token-type:id_token",
    "urn:ietf:params:oauth:token-type:saml2",
    "urn:ietf:params:aws:token-type:aws4_request",
  ]),
  token_url: httpsOf(
    "sts.googleapis.com",
    /^https:\/\/sts\.googleapis\.com\/v1\/token$/,
    "It must be https://sts.googleapis.com/v1/token.",
  ).default("https://sts.googleapis.com/v1/token"),
  service_account_impersonation_url: httpsOf(
    "iamcredentials.googleapis.com",
    /^https:\/\/iamcredentials\.googleapis\.com\/v1\/projects\/-\/serviceAccounts\/[^/:?#\s]+:generateAccessToken$/,
    "It must be https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/…:generateAccessToken.",
  ).optional(),
  workforce_pool_user_project: z.string().max(100).optional(),
  credential_source: credentialSource,
});
export type WorkloadIdentityConfiguration = z.infer<typeof WorkloadIdentityConfiguration>;
