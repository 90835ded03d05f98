/** `npm run sandbox`: the sandbox cloud as a program of its own. */
import { makeCommand, type SandboxCliOptions } from "./options.ts";
import type { Sandbox } from "./server.ts";

const options = makeCommand().parse().opts<SandboxCliOptions>();
// Only now: the SDK clients take seconds to load, and a wrong option should be told at once.
const { startSandbox } = await import("./server.ts");
const { services } = await import("./aws/services.ts");
const { acmeAccounts, acmeHub, buildAcme } = await import("./estates/acme.ts");
const estates = { acme: buildAcme };

try {
  const sandbox = await start(options);
  process.stdout.write(describeUse(sandbox));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      // Closing drops idle connections too, so nothing keeps the process alive.
      void sandbox.close();
    });
  }
} catch (error) {
  process.stderr.write(`${explainStart(error, options.port)}\n`);
  process.exitCode = 1;
}

function start({ port, estate, scale, ...given }: SandboxCliOptions): Promise<Sandbox> {
  return startSandbox({
    port,
    estate: estates[estate]({ scale }),
    services,
    faults: {
      latencyMs: given.latency,
      throttleRps: given.throttle,
      throttleRate: given.throttleRate,
      errorRate: given.errors,
      truncateRate: given.truncate,
      deny: given.deny,
      expire: given.expireAfter === undefined ? null : { afterCalls: given.expireAfter },
      seed: given.seed,
    },
  });
}

function describeUse({ url }: Sandbox): string {
  const accounts = acmeAccounts.flatMap(({ id, name, roleArn, externalId, accessKey }) => [
    `  ${id} ${name}`,
    `    role ${roleArn}, external id ${externalId}`,
    `    key ${accessKey.accessKeyId}, secret ${accessKey.secretAccessKey}`,
  ]);
  const lines = [
    `Sandbox cloud on ${url}`,
    "",
    "Point any AWS client at it:",
    `  export AWS_ENDPOINT_URL=${url} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1`,
    `  export AWS_ACCESS_KEY_ID=${acmeHub.accessKeyId} AWS_SECRET_ACCESS_KEY=${acmeHub.secretAccessKey}`,
    "  aws sts get-caller-identity",
    "",
    "That key may assume the role of each account; each account has a key of its own, too:",
    ...accounts,
  ];
  return `${lines.join("\n")}\n`;
}

function explainStart(error: unknown, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Choose another with --port, or --port 0 for any free one.`;
  if (code === "EACCES")
    return `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`;
  throw error;
}
