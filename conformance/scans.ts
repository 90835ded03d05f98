import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import { scanAccount } from "#lib/scans/scan-account.ts";
import { hardenedAccount, keys, neglectedAccount } from "./estate/index.ts";
import { regions } from "./estate/site.ts";

/** What is compared of a scan, as the command line's JSON has it. */
const Report = z.object({
  gaps: z.array(
    z.object({
      operation: z.string(),
      code: z.string(),
      message: z.string(),
      resourceUid: z.string().nullable(),
    }),
  ),
  results: z.array(
    z.object({
      checkId: z.string(),
      status: z.enum(["pass", "fail", "unknown", "manual"]),
      resourceUid: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** Scans both accounts as a user would: by the command line, through two profiles, one of which assumes a role. */
export async function scanByCommand(url: string): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "parapet-conformance-"));
  try {
    const config = join(folder, "config");
    await writeFile(
      config,
      [
        "[profile neglected]",
        `aws_access_key_id = ${keys.accessKeyId}`,
        `aws_secret_access_key = ${keys.secretAccessKey}`,
        "[profile hardened]",
        `role_arn = arn:aws:iam::${hardenedAccount}:role/parapet`,
        "source_profile = neglected",
      ].join("\n"),
    );
    const asked = regions.flatMap((region) => ["--region", region]);
    const profiles = ["neglected", "hardened"].flatMap((profile) => ["--profile", profile]);
    return await run(["scan", "--no-store", "--format", "json", ...asked, ...profiles], {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
      AWS_ENDPOINT_URL: url,
      AWS_REGION: "eu-west-1",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(args: string[], environment: Record<string, string>): Promise<Report> {
  const env = { ...process.env, ...environment };
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("AWS_") && !(name in environment)) Reflect.deleteProperty(env, name);
  }
  const child = spawn(process.execPath, ["cli/bin.mjs", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env,
  });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // 2 is "findings", which this estate is full of.
  if (code !== 2) throw new Error(`\`parapet ${args.join(" ")}\` ended with ${code}:\n${stderr}`);
  return Report.parse(JSON.parse(Buffer.concat(stdout).toString("utf8")));
}

/** Some checks on the first account, as they will be at a later time. */
export async function scanAt(url: string, asOf: Date, checks: string[]): Promise<Report> {
  provideEmulatorKeys(url, keys);
  return scanAccount({
    account: {
      cloud: "aws",
      externalId: neglectedAccount,
      connection: { type: "ambient", endpointUrl: url },
    },
    scope: { regions, services: [], checks },
    asOf,
    signal: new AbortController().signal,
  });
}
