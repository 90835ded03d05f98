import type { Env } from "#lib/env.ts";
import type { Finding } from "./diagnose.ts";

const name = "AWS credentials";

/** Asks AWS who we are, with whatever the SDK finds by itself: environment, profile, container or instance role. */
export async function checkAws({ sandbox }: Env): Promise<Finding> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ region: await regionOrDefault(), maxAttempts: 1 });
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}), {
      abortSignal: AbortSignal.timeout(10_000),
    });
    return { name, status: "good", detail: `${Arn}` };
  } catch (error) {
    const why = reasonOf(error);
    if (why === "CredentialsProviderError") {
      return {
        name,
        status: "skipped",
        detail: sandbox ? "none, and the sandbox needs none" : "none in this environment",
      };
    }
    return {
      name,
      status: "bad",
      detail: `were found and AWS did not take them (${why})`,
      advice:
        "Try `aws sts get-caller-identity`; renew expired credentials; check AWS_ENDPOINT_URL and the network.",
    };
  } finally {
    client.destroy();
  }
}

/** The provider's or the system's own name for it; messages can quote the request. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

async function regionOrDefault(): Promise<string> {
  const { loadConfig } = await import("@smithy/core/config");
  return loadConfig(
    {
      environmentVariableSelector: (variables) => variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION,
      configFileSelector: (profile) => profile.region,
      default: "us-east-1",
    },
    {},
  )();
}
