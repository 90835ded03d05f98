import { describe, expect, it } from "vitest";
import { parseConnection } from "#lib/accounts/connection.ts";
import { clouds } from "#lib/inventory/model.ts";
import { accountOf, connectionOf, draftOf, problemAt, problemsOf, secretsOf } from "./draft.ts";
import { methodsOf } from "./methods.ts";

const guid = "11111111-2222-3333-4444-555555555555";
const configuration = {
  type: "external_account",
  audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider",
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  token_url: "https://sts.googleapis.com/v1/token",
  credential_source: { file: "/var/run/token" },
};

/** One of each way to connect, with everything filled in that can be. */
const connections = {
  aws: [
    {
      type: "assume_role",
      roleArn: "arn:aws:iam::111122223333:role/parapet-read",
      externalId: "x-1",
      source: { type: "profile", profile: "hub" },
    },
    { type: "profile", profile: "production" },
    { type: "ambient" },
  ],
  azure: [
    { type: "client_secret", tenantId: guid, clientId: guid, cloud: "china" },
    { type: "client_certificate", tenantId: guid, clientId: guid },
    { type: "default", tenantId: guid },
  ],
  gcp: [
    {
      type: "impersonate",
      serviceAccount: "parapet@my-project.iam.gserviceaccount.com",
      delegates: ["a1@my-project.iam.gserviceaccount.com"],
    },
    { type: "workload_identity", configuration },
    { type: "application_default" },
  ],
};

describe.each(clouds)("the ways to connect %s", (cloud) => {
  it("are those that there are", () => {
    expect(methodsOf[cloud].map(({ type }) => type)).toEqual(connections[cloud].map(({ type }) => type));
  });

  it.each(connections[cloud])("read and build $type alike, as it is parsed", (connection) => {
    const draft = draftOf(cloud, connection);
    expect(problemsOf(cloud, draft, ["clientSecret", "certificate"])).toEqual({});
    const built = connectionOf(cloud, draft);
    expect(built).toEqual(connection);
    expect(parseConnection(cloud, built)).toEqual(connection);
  });
});

describe("a draft", () => {
  it("keeps what no form shows", () => {
    const before = { type: "profile", profile: "a", endpointUrl: "http://127.0.0.1:4566" };
    expect(connectionOf("aws", { type: "ambient", values: {}, secrets: {} }, before)).toEqual({
      type: "ambient",
      endpointUrl: "http://127.0.0.1:4566",
    });
  });

  it("says what is lacking, but for secrets that are stored", () => {
    const draft = { type: "client_secret", values: { tenantId: guid }, secrets: {} };
    expect(problemsOf("azure", draft)).toEqual({
      "connection.clientId": "Fill this in.",
      "secrets.clientSecret": "Fill this in.",
    });
    expect(
      problemsOf("azure", { ...draft, values: { tenantId: guid, clientId: guid } }, ["clientSecret"]),
    ).toEqual({});
  });

  it("sends only secrets that were typed, and of its own way to connect", () => {
    const secrets = { clientSecret: " s3cret\n", certificate: "left from before" };
    expect(secretsOf("azure", { type: "client_secret", values: {}, secrets })).toEqual({
      clientSecret: "s3cret",
    });
    expect(secretsOf("azure", { type: "client_secret", values: {}, secrets: { clientSecret: " " } })).toEqual(
      {},
    );
  });

  it.each([
    ["not json", "This is not JSON. Paste the whole file."],
    [
      '{"type":"service_account","private_key":"…"}',
      expect.stringContaining("impersonate the service account"),
    ],
  ])("refuses %s as a configuration", (text, problem) => {
    const draft = { type: "workload_identity", values: { configuration: text }, secrets: {} };
    expect(problemsOf("gcp", draft)).toEqual({ "connection.configuration": problem });
  });

  it("shows a complaint at the field that it is inside of", () => {
    const problems = { "connection.configuration.audience": "It looks like …" };
    expect(problemAt(problems, "connection", { path: "configuration" })).toBe("It looks like …");
    expect(problemAt(problems, "connection", { path: "config" })).toBeUndefined();
  });

  it("knows the account that it is about", () => {
    const draft = (values: Record<string, string>) => ({ type: "", values, secrets: {} });
    expect(accountOf("aws", draft({ roleArn: " arn:aws-us-gov:iam::111122223333:role/x/y " }))).toBe(
      "111122223333",
    );
    expect(accountOf("gcp", draft({ serviceAccount: "a@my-project.iam.gserviceaccount.com" }))).toBe(
      "my-project",
    );
    expect(accountOf("azure", draft({ tenantId: guid }))).toBeUndefined();
  });
});
