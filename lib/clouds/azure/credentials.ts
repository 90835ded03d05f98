import type { TokenCredential } from "@azure/core-auth";
import { createDefaultHttpClient, type HttpClient, type PipelineResponse } from "@azure/core-rest-pipeline";
import { ClientCertificateCredential, ClientSecretCredential, DefaultAzureCredential } from "@azure/identity";
import { MalformedAnswer } from "#lib/inventory/answers.ts";
import type { CallGovernor } from "../limits.ts";
import { Patience, sendPatiently } from "../patience.ts";
import { refusalOf, refuseForeignAnswer } from "./answers.ts";
import {
  type AzureConnection,
  type AzureEndpoints,
  type AzureSecrets,
  requireSecrets,
} from "./connection.ts";
import { AzureRefusal, classifyAzureError } from "./errors.ts";
import { judge } from "./http.ts";

/** What logins are made with; `random` as in `AzureSession`. */
type Means = { transport: HttpClient; governor: CallGovernor; random?: (() => number) | undefined };

/**
 * Makes credentials that start with no token. What they throw is what the login said: the SDK wraps that into a text, from
 * which a secret that is no good can't be told from a network that is down.
 */
export function loginOf(
  connection: AzureConnection,
  secrets: AzureSecrets,
  { authorityUrl }: AzureEndpoints,
  means: Means,
): () => TokenCredential {
  requireSecrets(connection, secrets);
  return () => {
    let said: unknown;
    const httpClient = loginClient(authorityUrl, means, (failure) => {
      said = failure;
    });
    const credential = credentialFor(connection, secrets, {
      authorityHost: authorityUrl,
      httpClient,
      // A sandbox's authority is known to nobody else.
      disableInstanceDiscovery: connection.emulator !== undefined,
    });
    return {
      getToken: async (scopes, options) => {
        try {
          return await credential.getToken(scopes, options);
        } catch (error) {
          throw said ?? refusalBySdk(error);
        }
      },
    };
  };
}

/** What the SDK itself makes of a secret, such as a certificate that is none, is as good as the login's refusal. */
const refusalBySdk = (error: unknown): unknown =>
  classifyAzureError(error) || !(error instanceof Error)
    ? error
    : new AzureRefusal("invalid_client", 401, error.message);

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
