import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, it } from "vitest";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import { scanAccount } from "#lib/scans/scan-account.ts";
import { services } from "#sandbox/aws/services.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { type AcmeAccount, acmeAccounts, acmeHub, buildAcme } from "./acme.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ estate: buildAcme(), services });
  provideEmulatorKeys(sandbox.url, acmeHub);
});
afterAll(() => sandbox.close());

const [production] = acmeAccounts as [AcmeAccount];

/** What checks of users' credentials say, as `check user` → verdict. */
async function readVerdicts(): Promise<Map<string, string>> {
  const { id, roleArn, externalId } = production;
  const { results, gaps } = await scanAccount({
    account: {
      cloud: "aws",
      externalId: id,
      connection: { type: "assume_role", roleArn, externalId, endpointUrl: sandbox.url },
    },
    scope: {
      regions: [],
      services: ["iam"],
      checks: ["aws.iam.access-key-age", "aws.iam.unused-credentials", "aws.iam.user-mfa"],
    },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
  expect(gaps).toEqual([]);
  return new Map(
    results.map(({ checkId, resourceUid, status }) => [
      `${checkId} ${resourceUid.split("/").at(-1)}`,
      status,
    ]),
  );
}

it("tells of new users and of fixes while AWS still hands out the old credential report", async () => {
  const iam = new IAMClient({
    endpoint: sandbox.url,
    region: "us-east-1",
    credentials: production.accessKey,
  });
  const readReport = async () => {
    const { Content } = await iam.send(new GetCredentialReportCommand({}));
    return new TextDecoder().decode(Content);
  };
  const before = await readVerdicts();
  const old = await readReport();
  const [check, UserName] =
    [...before]
      .find(([key, status]) => key.startsWith("aws.iam.access-key-age ") && status === "fail")?.[0]
      .split(" ") ?? [];

  await iam.send(new CreateUserCommand({ UserName: "newcomer" }));
  await iam.send(new CreateAccessKeyCommand({ UserName: "newcomer" }));
  const joined = await readVerdicts();
  expect(joined).toEqual(
    new Map([
      ...before,
      ["aws.iam.access-key-age newcomer", "pass"],
      ["aws.iam.unused-credentials newcomer", "pass"],
      ["aws.iam.user-mfa newcomer", "pass"],
    ]),
  );

  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
  for (const { AccessKeyId } of AccessKeyMetadata ?? []) {
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }));
  }
  const mended = await readVerdicts();
  expect(mended.get(`${check} ${UserName}`)).toBe("pass");
  expect(await readReport()).toBe(old);
});
