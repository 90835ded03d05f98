import { required } from "#lib/inventory/answers.ts";
import { CredentialsUnavailable, classifyGcpError } from "./errors.ts";
import type { WorkloadIdentityConfiguration } from "./workload-identity-configuration.ts";

/**
 * The token by which this machine proves who it is: out of a file, from a URL, or a request to AWS signed with the
 * machine's role. Google's library knows the forms; the exchange itself is ours.
 */
export async function subjectTokenOf(configuration: WorkloadIdentityConfiguration): Promise<string> {
  const { credential_source: source, ...rest } = configuration;
  const { AwsClient, IdentityPoolClient } = await import("google-auth-library");
  try {
    const client =
      "environment_id" in source
        ? new AwsClient({ ...rest, credential_source: source })
        : new IdentityPoolClient({ ...rest, credential_source: source });
    return required(await client.retrieveSubjectToken(), "subject token");
  } catch (error) {
    if (classifyGcpError(error) !== null) throw error;
    throw new CredentialsUnavailable(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
