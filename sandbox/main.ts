/** `npm run sandbox`: the sandbox cloud as a program of its own. */
import { makeCommand, type SandboxCliOptions } from "./options.ts";
import type { Sandbox } from "./server.ts";

const options = makeCommand().parse().opts<SandboxCliOptions>();
// Only now: the SDK clients take seconds to load, and a wrong option should be told at once.
const { startSandbox } = await import("./server.ts");
const { services } = await import("./aws/services.ts");
const { keptServerCertificate } = await import("./certificate.ts");
const { describeUse } = await import("./describe-use.ts");
const { buildAcme } = await import("./estates/acme.ts");
const { buildAcmeAzure } = await import("./estates/acme-azure.ts");
const { buildAcmeGcp } = await import("./estates/acme-gcp.ts");
const estates = { acme: { aws: buildAcme, azure: buildAcmeAzure, gcp: buildAcmeGcp } };

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
  process.stderr.write(`${explainStart(error)}\n`);
  process.exitCode = 1;
}

async function start(given: SandboxCliOptions): Promise<Sandbox> {
  const { port, azurePort, gcpPort, stateDir, scale } = given;
  const build = estates[given.estate];
  const certificate =
    stateDir === undefined ? {} : { azureCertificate: await keptServerCertificate(stateDir) };
  return startSandbox({
    port,
    azurePort,
    gcpPort,
    estate: build.aws({ scale }),
    azure: build.azure({ scale }),
    gcp: build.gcp({ scale }),
    services,
    ...certificate,
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

function explainStart(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const port = error instanceof Error && "port" in error ? error.port : options.port;
  const option =
    port === options.azurePort ? "--azure-port" : port === options.gcpPort ? "--gcp-port" : "--port";
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Choose another with ${option}, or ${option} 0 for any free one.`;
  if (code === "EACCES")
    return `Port ${port} may not be opened by this user. Choose one above 1023 with ${option}.`;
  throw error;
}
