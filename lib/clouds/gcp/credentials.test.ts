import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { Patience } from "../patience.ts";
import { GcpConnection } from "./connection.ts";
import { gcpAccess } from "./credentials.ts";
import { classifyGcpError } from "./errors.ts";
import { readPrincipal } from "./identity.ts";

const [{ id, scanner, remediator }] = acmeProjects;
const audience =
  "//iam.googleapis.com/projects/318045927710/locations/global/workloadIdentityPools/ci/providers/github";
const estate = buildAcmeGcp();

let sandbox: Sandbox;
let endpointUrl: string;
const folder = mkdtempSync(join(tmpdir(), "parapet-gcp-"));
beforeAll(async () => {
  const aws = { credentials: new Map(), accounts: new Map() };
  sandbox = await startSandbox({ estate: aws, services: [], gcp: estate });
  endpointUrl = sandbox.gcp?.url ?? "";
  estate.federations.set(audience, new Map([["github-token", scanner]]));
});
afterEach(() => {
  sandbox.faults.reset();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

function open(connection: object, emulatorCredentials?: typeof acmeGcpHub) {
  const access = gcpAccess(GcpConnection.parse({ endpointUrl, ...connection }), { emulatorCredentials });
  for (const service of ["tokens", "impersonation", "oauth2"])
    access.patience.set(service, new Patience(() => 0));
  return access;
}

/** Whose token it is, by Google's own telling. */
async function holderOf(access: ReturnType<typeof open>): Promise<unknown> {
  const { data } = await access.caller.call(
    { method: "POST", url: new URL("https://oauth2.googleapis.com/tokeninfo"), headers: {}, body: "" },
    access.token,
  );
  return Reflect.get(data, "email");
}

const problemOf = async (access: ReturnType<typeof open>) =>
  classifyGcpError(await access.token.provide().catch((error: unknown) => error));

const federated = (change: object = {}) => {
  const file = join(folder, "subject-token");
  writeFileSync(file, "github-token");
  return {
    type: "workload_identity",
    configuration: {
      type: "external_account",
      audience,
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      credential_source: { file },
      ...change,
    },
  };
};
const impersonationUrl = (email: string) =>
  `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;

describe("a token", () => {
  it("is the emulator's own user's", async () => {
    const access = open({ type: "application_default" }, acmeGcpHub);
    expect(await holderOf(access)).toBe(acmeGcpHub.email);
    expect(await readPrincipal(access)).toBe(acmeGcpHub.email);
    access.close();
  });

  it("is a service account's when it is impersonated", async () => {
    const access = open({ type: "impersonate", serviceAccount: scanner }, acmeGcpHub);
    expect(await holderOf(access)).toBe(scanner);
    expect(await access.homeProject()).toBe(id);
    access.close();
  });

  it("is had through delegates, each of whom may act as the next", async () => {
    const [, { scanner: other }] = acmeProjects;
    const delegated = { type: "impersonate", serviceAccount: remediator, delegates: [other] };
    const access = open(delegated, acmeGcpHub);
    expect(await problemOf(access)).toMatchObject({ code: "denied", name: "PERMISSION_DENIED" });
    const identity = estate.identities.get(remediator);
    if (!identity) throw new Error("Acme has no remediator.");
    estate.identities.set(remediator, { ...identity, impersonators: [...identity.impersonators, other] });
    expect(await holderOf(access)).toBe(remediator);
    estate.identities.set(remediator, identity);
    access.close();
  });

  it("is another provider's, exchanged, and then a service account's", async () => {
    const direct = open(federated());
    expect(await holderOf(direct)).toBe(scanner);
    expect(await readPrincipal(direct)).toBe(`principalSet:${audience}`);
    direct.close();
    const identity = estate.identities.get(remediator);
    if (!identity) throw new Error("Acme has no remediator.");
    estate.identities.set(remediator, { ...identity, impersonators: [scanner] });
    const access = open(federated({ service_account_impersonation_url: impersonationUrl(remediator) }));
    expect(await holderOf(access)).toBe(remediator);
    expect(await readPrincipal(access)).toBe(remediator);
    expect(await access.homeProject()).toBe(id);
    estate.identities.set(remediator, identity);
    access.close();
  });

  it("is that of a key that the environment names, by an assertion signed with it", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = { type: "spki", format: "pem" } as const;
    estate.serviceAccountKeys.set("k1", { email: scanner, publicKey: publicKey.export(pem).toString() });
    const key = {
      type: "service_account",
      project_id: id,
      private_key_id: "k1",
      private_key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      client_email: scanner,
      token_uri: "https://oauth2.googleapis.com/token",
    };
    const file = join(folder, "key.json");
    writeFileSync(file, JSON.stringify(key));
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", file);
    const access = open({ type: "application_default" });
    expect(await holderOf(access)).toBe(scanner);
    expect(await access.homeProject()).toBe(id);
    // A key that was replaced is read anew, and one that was withdrawn is refused.
    estate.serviceAccountKeys.delete("k1");
    access.token.renew((await access.token.provide()).value);
    expect(await problemOf(access)).toMatchObject({ code: "expired", name: "invalid_grant" });
    access.close();
  });
});

describe("getting a token", () => {
  it.each([
    ["throttling", { throttleRate: 0.5 }],
    ["failures", { errorRate: 0.5 }],
    ["answers cut off", { truncateRate: 0.5, truncateMode: "cut" as const }],
    ["answers cut short", { truncateRate: 0.5, truncateMode: "short" as const }],
  ])("gets through %s", async (_what, faults) => {
    sandbox.faults.reset({ ...faults, seed: 3 });
    const access = open({ type: "impersonate", serviceAccount: scanner }, acmeGcpHub);
    expect((await access.token.provide()).value).toMatch(/^ya29\./);
    access.close();
  });

  it.each([
    [
      "a refresh token that was revoked",
      { ...acmeGcpHub, refreshToken: "1//gone" },
      "expired",
      "invalid_grant",
    ],
    ["a client that was changed", { ...acmeGcpHub, clientSecret: "old" }, "denied", "invalid_client"],
  ])("is refused for %s, at the first try", async (_what, credentials, code, name) => {
    sandbox.calls.reset();
    const access = open({ type: "application_default" }, credentials);
    expect(await problemOf(access)).toMatchObject({ code, name });
    expect(sandbox.calls.total).toBe(1);
    access.close();
  });

  it("is refused for a service account that the caller may not act as, or that is none", async () => {
    for (const serviceAccount of [
      "stranger@acme-analytics-prod.iam.gserviceaccount.com",
      "x@no-such-project.iam.gserviceaccount.com",
    ]) {
      const access = open({ type: "impersonate", serviceAccount }, acmeGcpHub);
      expect(await problemOf(access)).toMatchObject({ code: "denied", name: "PERMISSION_DENIED" });
      access.close();
    }
  });

  it("is refused for a subject token that isn't accepted, without telling it", async () => {
    const access = open(federated({ audience: audience.replace("github", "gitlab") }));
    expect(await problemOf(access)).toMatchObject({ code: "denied", name: "invalid_target" });
    access.close();
    writeFileSync(join(folder, "other-token"), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.");
    const other = open(federated({ credential_source: { file: join(folder, "other-token") } }));
    expect(await problemOf(other)).toMatchObject({ code: "expired", name: "invalid_grant" });
    other.close();
  });

  it("says what is wrong on this machine", async () => {
    const missing = open(federated({ credential_source: { file: join(folder, "no-such-file") } }));
    expect(await problemOf(missing)).toMatchObject({ code: "expired", name: "CredentialsUnavailable" });
    missing.close();
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", join(folder, "no-such-key.json"));
    const access = open({ type: "application_default" });
    expect(await problemOf(access)).toMatchObject({ code: "expired", name: "CredentialsUnavailable" });
    access.close();
  });
});

describe("this machine's own credentials", () => {
  it("are not sent to an emulator elsewhere", () => {
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", join(folder, "key.json"));
    for (const connection of [{ type: "application_default" }, federated()]) {
      const elsewhere = { ...connection, endpointUrl: "http://emulator.example:4601" };
      for (const credentials of [undefined, acmeGcpHub]) {
        expect(() => open(elsewhere, credentials)).toThrow(/not on this machine/);
      }
    }
  });
});
