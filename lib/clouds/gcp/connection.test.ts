import { describe, expect, it } from "vitest";
import { GcpConnection } from "./connection.ts";

const email = "parapet@acme-prod.iam.gserviceaccount.com";
const audience =
  "//iam.googleapis.com/projects/123456/locations/global/workloadIdentityPools/pool/providers/github";
const impersonationUrl = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;
/** As `gcloud iam workload-identity-pools create-cred-config` writes it. */
const configuration = (change: object = {}) => ({
  universe_domain: "googleapis.com",
  type: "external_account",
  audience,
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  token_url: "https://sts.googleapis.com/v1/token",
  service_account_impersonation_url: impersonationUrl,
  credential_source: { file: "/var/run/token" },
  ...change,
});
const federated = (change: object = {}) => ({
  type: "workload_identity",
  configuration: configuration(change),
});

const problems = (connection: object): string[] =>
  GcpConnection.safeParse(connection).error?.issues.map(({ message }) => message) ?? [];

describe("a connection", () => {
  it.each([
    [{ type: "application_default" }],
    [{ type: "application_default", endpointUrl: "http://127.0.0.1:4601" }],
    [{ type: "impersonate", serviceAccount: email }],
    [
      {
        type: "impersonate",
        serviceAccount: "123456-compute@developer.gserviceaccount.com",
        delegates: [email],
        source: { type: "application_default" },
      },
    ],
    [federated()],
    [federated({ service_account_impersonation_url: undefined, universe_domain: undefined })],
    [
      federated({
        credential_source: { file: "/t", format: { type: "json", subject_token_field_name: "t" } },
      }),
    ],
    [
      federated({
        credential_source: {
          url: "http://169.254.169.254/metadata/identity/oauth2/token?resource=api://x",
          headers: { Metadata: "True" },
          format: { type: "json", subject_token_field_name: "access_token" },
        },
      }),
    ],
    [federated({ credential_source: { url: "https://vstoken.actions.githubusercontent.com/token" } })],
    [
      federated({
        subject_token_type: "urn:ietf:params:aws:token-type:aws4_request",
        credential_source: {
          environment_id: "aws1",
          region_url: "http://169.254.169.254/latest/meta-data/placement/availability-zone",
          url: "http://169.254.169.254/latest/meta-data/iam/security-credentials",
          imdsv2_session_token_url: "http://169.254.169.254/latest/api/token",
          regional_cred_verification_url:
            "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
        },
      }),
    ],
  ])("is taken as it is: %#", (connection) => {
    expect(problems(connection)).toEqual([]);
  });

  it("keeps no secret, whatever comes along", () => {
    const given = {
      type: "impersonate",
      serviceAccount: email,
      private_key: "-----BEGIN",
      refreshToken: "1//0g",
    };
    expect(GcpConnection.parse(given)).toEqual({ type: "impersonate", serviceAccount: email });
  });

  it.each([
    ["somebody@example.com"],
    ["parapet@acme.iam.gserviceaccount.com.evil.example"],
    ["parapet@acme-prod.iam.gserviceaccount.com:generateAccessToken?x="],
    ["../../x@acme-prod.iam.gserviceaccount.com"],
  ])("impersonates service accounts alone: not %s", (serviceAccount) => {
    expect(problems({ type: "impersonate", serviceAccount })).toEqual([
      "A service account's e-mail looks like parapet@my-project.iam.gserviceaccount.com.",
    ]);
  });

  it.each([
    [{ token_url: "https://sts.googleapis.com.evil.example/v1/token" }],
    [{ token_url: "http://sts.googleapis.com/v1/token" }],
    [{ token_url: "https://sts.googleapis.com:8443/v1/token" }],
    [{ token_url: "https://user@sts.googleapis.com/v1/token" }],
    [{ token_url: "https://evil.example/?x=https://sts.googleapis.com/v1/token" }],
    [{ service_account_impersonation_url: impersonationUrl.replace("googleapis.com", "evil.example") }],
    [{ service_account_impersonation_url: `${impersonationUrl}#.evil.example` }],
    [{ service_account_impersonation_url: "https://iamcredentials.googleapis.com/v1/x:signBlob" }],
    [{ audience: "https://evil.example" }],
    [{ audience: `${audience}/../x` }],
    [{ universe_domain: "evil.example" }],
    [{ type: "service_account" }],
    [{ credential_source: { url: "http://internal.example/token" } }],
    [{ credential_source: { url: "file:///etc/passwd" } }],
    [{ credential_source: {} }],
    [
      {
        credential_source: {
          environment_id: "aws1",
          regional_cred_verification_url: "https://evil.example?Action=GetCallerIdentity&Version=2011-06-15",
        },
      },
    ],
    [
      {
        credential_source: {
          environment_id: "aws1",
          url: "http://evil.example/keys",
          regional_cred_verification_url:
            "https://sts.us-east-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
        },
      },
    ],
  ])("sends tokens to Google's own hosts alone: %#", (change) => {
    expect(problems(federated(change))).toHaveLength(1);
  });

  it("runs no command, and says so", () => {
    const source = { executable: { command: "/bin/sh -c id", timeout_millis: 5000 } };
    expect(problems(federated({ credential_source: source }))).toEqual([
      expect.stringContaining("runs a command to get its token (credential_source.executable)"),
    ]);
    expect(problems(federated({ credential_source: { ...source, file: "/t" } }))).toHaveLength(1);
  });

  it.each([["ftp://127.0.0.1"], ["127.0.0.1:4601"], ["javascript:alert(1)"]])(
    "goes to an emulator over HTTP alone: not %s",
    (endpointUrl) => {
      expect(problems({ type: "application_default", endpointUrl })).toHaveLength(1);
    },
  );
});
