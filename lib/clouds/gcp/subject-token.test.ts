import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { classifyGcpError } from "./errors.ts";
import { HttpPool } from "./http.ts";
import { subjectTokenOf } from "./subject-token.ts";
import { WorkloadIdentityConfiguration } from "./workload-identity-configuration.ts";

const folder = mkdtempSync(join(tmpdir(), "parapet-subject-token-"));
const pool = new HttpPool({ NODE_ENV: "test" });
afterAll(() => {
  pool.close();
  rmSync(folder, { recursive: true });
});

const ask = (credential_source: object, type = "jwt") =>
  subjectTokenOf(
    WorkloadIdentityConfiguration.parse({
      type: "external_account",
      audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/github",
      subject_token_type: `urn:ietf:params:oauth:token-type:${type}`,
      credential_source,
    }),
    pool,
  );

const problemOf = async (asked: Promise<string>) => {
  const error: unknown = await asked.catch((said: unknown) => said);
  return classifyGcpError(error);
};
const refused = (message: string) => ({
  code: "expired",
  name: "CredentialsUnavailable",
  message: `CredentialsUnavailable: ${message}`,
});

function fileWith(text: string): string {
  const file = join(folder, "file");
  writeFileSync(file, text);
  return file;
}
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const json = { type: "json", subject_token_field_name: "access_token" };

it("is read out of a file, as text or JSON", async () => {
  expect(await ask({ file: fileWith("a.b.c\n") })).toBe("a.b.c");
  expect(await ask({ file: fileWith('{"access_token":"a.b.c"}'), format: json })).toBe("a.b.c");
  expect(await ask({ file: fileWith("PHNh\nbWw+\n") }, "saml2")).toBe("PHNh\nbWw+");
});

it("is asked for at a URL, with the headers that it wants", async () => {
  const url = await serve((incoming, outgoing) => {
    outgoing.end(JSON.stringify({ access_token: `${incoming.headers.metadata}.${incoming.url}` }));
  });
  expect(await ask({ url: `${url}/x?y`, headers: { Metadata: "True" }, format: json })).toBe("True./x?y");
});

it.each([
  ["one line that is no JSON", "hunter2-the-password", json, "holds no JSON."],
  ["a key list", "2026:c2VjcmV0IG9mIDMyIGJ5dGVzLCBub2JvZHkncw==", json, "holds no JSON."],
  ["JSON without the field", '{"private_key":"hunter2"}', json, "has no text called access_token."],
  [
    "JSON that is inherited",
    "{}",
    { ...json, subject_token_field_name: "constructor" },
    "has no text called constructor.",
  ],
  ["JSON that is another", '{"access_token":{"a":"hunter2"}}', json, "has no text called access_token."],
  ["several lines", "root:x:0:0\nhunter2:x:1:1\n", undefined, "holds no token."],
  ["an environment", "DATABASE_URL=postgres://hunter2\0PATH=/bin\0", undefined, "holds no token."],
  ["nothing", "", undefined, "holds no token."],
  ["too much", "x".repeat(32 * 1024 + 1), undefined, "holds no token."],
])(
  "is not taken from a file that holds %s, and nothing of it is told",
  async (_what, text, format, message) => {
    const file = { file: fileWith(text), ...(format ? { format } : {}) };
    expect(await problemOf(ask(file))).toEqual(refused(`The subject token's file ${message}`));
  },
);

it("is not taken from what is no file, and says so at once", async () => {
  expect(await problemOf(ask({ file: folder }))).toEqual(refused("The subject token's file is no file."));
  expect(await problemOf(ask({ file: "/dev/zero" }))).toEqual(
    refused("The subject token's file is no file."),
  );
  expect(await problemOf(ask({ file: join(folder, "none") }))).toEqual(
    refused("The subject token's file can't be read (ENOENT)."),
  );
});

it("is not waited for at the end of a pipe that nobody writes to", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  expect(await problemOf(ask({ file: pipe }))).toEqual(refused("The subject token's file is no file."));
});

it("tells nothing of what an address answers but its status, and is led nowhere else", async () => {
  let asked = 0;
  const inner = await serve((_incoming, outgoing) => {
    asked += 1;
    outgoing.end("hunter2");
  });
  const url = await serve((incoming, outgoing) => {
    if (incoming.url === "/away") outgoing.writeHead(302, { location: inner }).end();
    else outgoing.writeHead(403).end('{"error":{"message":"hunter2","status":"hunter2"}}');
  });
  const answered = (status: number) => refused(`The subject token's address answered with status ${status}.`);
  expect(await problemOf(ask({ url }))).toEqual(answered(403));
  expect(await problemOf(ask({ url: `${url}/away` }))).toEqual(answered(302));
  expect(asked).toBe(0);
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const aws = {
    environment_id: "aws1",
    region_url: url,
    regional_cred_verification_url:
      "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
  };
  expect(await problemOf(ask(aws))).toEqual(refused("The metadata service answered with status 403."));
});
