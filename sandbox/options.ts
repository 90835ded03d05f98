/** The options of `npm run sandbox`, apart from the server, so that a wrong one is told at once. */
import { Command, InvalidArgumentError } from "commander";

export type SandboxCliOptions = {
  port: number;
  azurePort: number;
  gcpPort: number;
  stateDir?: string;
  estate: (typeof estateNames)[number];
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

export const estateNames = ["acme"] as const;
const defaultPort = 4600;

export function makeCommand(): Command {
  return new Command("sandbox")
    .description(
      "A local cloud for trying Parapet: the wire protocols of AWS, Azure and Google Cloud over a made-up company's accounts.",
    )
    .option(
      "--port <n>",
      "port of AWS on the loopback interface; 0 takes any free one",
      integer(0, 65_535),
      defaultPort,
    )
    .option("--azure-port <n>", "port of Azure; 0 takes any free one", integer(0, 65_535), 0)
    .option("--gcp-port <n>", "port of Google Cloud; 0 takes any free one", integer(0, 65_535), 0)
    .option("--state-dir <folder>", "keeps the certificate of Azure's port from one start to the next")
    .option("--estate <name>", `what the cloud holds: ${estateNames.join(", ")}`, estateName, "acme")
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
      "permission to deny, such as s3:GetBucketPolicy, Microsoft.Storage/* or storage.buckets.*; repeatable",
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
  const action = /^[a-z0-9*-]+:[A-Za-z0-9*?]+$/;
  const permission = /^[A-Za-z0-9*?]+([./][A-Za-z0-9*?]+)+$/;
  if (action.test(text) || permission.test(text)) return [...earlier, text];
  throw new InvalidArgumentError(
    "It must be a permission such as s3:GetBucketPolicy, Microsoft.Storage/* or storage.buckets.list.",
  );
}

function estateName(text: string): string {
  if (estateNames.some((name) => name === text)) return text;
  throw new InvalidArgumentError(`There is ${estateNames.join(", ")}.`);
}
