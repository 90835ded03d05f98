import type { TokenCredential } from "@azure/core-auth";
import { createDefaultHttpClient, type HttpClient, type PipelineResponse } from "@azure/core-rest-pipeline";
import { ClientCertificateCredential, ClientSecretCredential, DefaultAzureCredential } from "@azure/identity";
import { DomainError } from "#lib/errors.ts";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import type { CallGovernor } from "../limits.ts";
import { Patience, sendPatiently } from "../patience.ts";
import { refusalOf, refuseForeignAnswer } from "./answers.ts";
import { type AzureConnection, type AzureEndpoints, azureSecretsOf } from "./connection.ts";
import { judge } from "./http.ts";

/** Where secrets come from; a secret that is missing is told by its name. */
export type AzureSecrets = Readonly<Record<string, string>>;

/** What logins are made with; `random` as in `AzureSession`. */
type Means = { transport: HttpClient; governor: CallGovernor; random?: (() => number) | undefined };

export type Login = { credential: TokenCredential; whyFailed(): unknown };

/** Makes credentials that start with no token, each with a memory of what the login last said. */
export function loginOf(
  connection: AzureConnection,
  secrets: AzureSecrets,
  { authorityUrl }: AzureEndpoints,
  { transport, governor, random }: Means,
): () => Login {
  for (const name of azureSecretsOf[connection.type]) {
    if (!secrets[name])
      throw new DomainError("unavailable", `The account's ${name} is missing. Enter it anew.`);
  }
  return () => {
    let failure: unknown;
    const httpClient = loginClient(authorityUrl, { transport, governor, random }, (said) => {
      failure = said;
    });
    const options = {
      authorityHost: authorityUrl,
      httpClient,
      // A sandbox's authority is known to nobody else.
      disableInstanceDiscovery: connection.emulator !== undefined,
    };
    return { credential: credentialFor(connection, secrets, options), whyFailed: () => failure };
  };
}

function credentialFor(
  connection: AzureConnection,
  secrets: AzureSecrets,
  options: { authorityHost: string; httpClient: HttpClient; disableInstanceDiscovery: boolean },
): TokenCredential {
  const own = { ...options, retryOptions: { maxRetries: 0 } };
  switch (connection.type) {
    case "client_secret":
      return new ClientSecretCredential(
        connection.tenantId,
        connection.clientId,
        secrets.clientSecret ?? "",
        own,
      );
    case "client_certificate":
      return new ClientCertificateCredential(
        connection.tenantId,
        connection.clientId,
        { certificate: secrets.certificate ?? "" },
        own,
      );
    default:
      return new DefaultAzureCredential({
        ...options,
        ...(connection.tenantId ? { tenantId: connection.tenantId } : {}),
      });
  }
}

/**
 * The HTTP client of logins. Those to the cloud's own authority are retried with patience; others, such as the probing of
 * a machine for an identity of its own, go out as they are, since that they fail is an answer.
 */
function loginClient(
  authorityUrl: string,
  { transport, governor, random }: Means,
  onFailure: (failure: unknown) => void,
): HttpClient {
  const origin = new URL(authorityUrl).origin;
  const patience = new Patience(random);
  let plain: HttpClient | null = null;
  return {
    async sendRequest(request) {
      if (new URL(request.url).origin !== origin) {
        plain ??= createDefaultHttpClient();
        return plain.sendRequest(request);
      }
      onFailure(undefined);
      try {
        const response = await sendPatiently({
          governor,
          patience,
          service: "login",
          action: `${request.method} ${new URL(request.url).pathname.split("/").slice(2).join("/")}`,
          send: async () => {
            const answer = await transport.sendRequest(request);
            refuseForeignAnswer(answer, true);
            refuseMissingToken(answer);
            return answer;
          },
          judge,
        });
        if (response.status >= 400) onFailure(refusalOf(response));
        return response;
      } catch (error) {
        onFailure(error);
        throw error;
      }
    },
  };
}

/** The SDK takes whatever it can't read there for a network that is down. */
function refuseMissingToken({ request, status, bodyAsText }: PipelineResponse): void {
  if (request.method !== "POST" || status >= 400) return;
  const answer: unknown = JSON.parse(bodyAsText ?? "");
  if (typeof answer !== "object" || answer === null || !("access_token" in answer)) {
    throw new MalformedAnswer("The login's answer holds no token.");
  }
}
