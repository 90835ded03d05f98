/** `npm run sandbox`: the sandbox cloud as a program of its own. */
import { Command, InvalidArgumentError } from "commander";
import { services } from "./aws/services.ts";
import { acmeAccounts, acmeHub, buildAcme } from "./estates/acme.ts";
import { type Sandbox, startSandbox } from "./server.ts";

type Options = {
  port: number;
  estate: string;
  scale: number;
  latency: number;
  throttle: number;
  throttleRate: number;
  deny: string[];
  errors: number;
  truncate: number;
  expireAfter?: number;
  seed: number;
};

const estates = { acme: buildAcme };
const defaultPort = 4600;

const command = new Command("sandbox")
  .description(
    "A local cloud for trying Parapet: AWS's own wire protocols over a made-up company's accounts.",
  )
  .option(
    "--port <n>",
    "port on the loopback interface; 0 takes any free one",
    integer(0, 65_535),
    defaultPort,
  )
  .option("--estate <name>", `what the cloud holds: ${Object.keys(estates).join(", ")}`, estateName, "acme")
  .option("--scale <n>", "multiplies the estate's ordinary workloads", integer(1, 10_000), 1)
  .option("--latency <ms>", "waited before each answer", integer(0, 60_000), 0)
  .option(
    "--throttle <rps>",
    "requests per second per account and service; 0 for no limit",
    integer(0, 1_000_000),
    0,
  )
  .option("--throttle-rate <rate>", "share of calls answered as throttled, 0 to 1", rate, 0)
  .option(
    "--deny <action>",
    "IAM action to deny, such as s3:GetBucketPolicy or guardduty:*; repeatable",
    deny,
    [],
  )
  .option("--errors <rate>", "share of calls answered with an internal error, 0 to 1", rate, 0)
  .option("--truncate <rate>", "share of answers cut off in the middle, 0 to 1", rate, 0)
  .option(
    "--expire-after <calls>",
    "temporary credentials expire after so many calls",
    integer(1, 1_000_000_000),
  )
  .option("--seed <n>", "seed of the faults' chance", integer(0, 4_294_967_295), 1)
  .allowExcessArguments(false)
  .showHelpAfterError("(--help lists the options)");

const options = command.parse().opts<Options>();
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

function start({ port, estate, scale, ...given }: Options): Promise<Sandbox> {
  const build = estates[estate as keyof typeof estates];
  return startSandbox({
    port,
    estate: build({ scale }),
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

function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

function rate(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("It must be a number from 0 to 1.");
}

function deny(text: string, earlier: string[]): string[] {
  if (/^[a-z0-9*-]+:[A-Za-z0-9*?]+$/.test(text)) return [...earlier, text];
  throw new InvalidArgumentError("It must be an IAM action such as s3:GetBucketPolicy or guardduty:*.");
}

function estateName(text: string): string {
  if (Object.hasOwn(estates, text)) return text;
  throw new InvalidArgumentError(`There is ${Object.keys(estates).join(", ")}.`);
}
