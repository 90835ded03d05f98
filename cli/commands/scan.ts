import { once } from "node:events";
import { Command } from "commander";
import { catalogue } from "#lib/checks/index.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import { DomainError } from "#lib/errors.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { servicesOf } from "#lib/inventory/registry.ts";
import { oneOf, refuseUnknown, repeatable } from "../options.ts";
import { Progress } from "../scan/progress.ts";
import { exitCodeOf, exitCodes, type ScanReport } from "../scan/report.ts";
import { scanStored } from "../scan/scan-stored.ts";
import { ambientAccounts, scanWithoutStore } from "../scan/scan-without-store.ts";
import { writeJson } from "../scan/write-json.ts";
import { writeTable } from "../scan/write-table.ts";

type Options = {
  cloud: Cloud[];
  region: string[];
  service: string[];
  check: string[];
  profile: string[];
  subscription: string[];
  tenant: string[];
  project: string[];
  account: string[];
  format: "json" | "table";
  failOn: Severity | "none";
  store: boolean;
  organisation?: string;
};

const epilogue = `
Exit codes: 0 clean, 1 could not run, 2 findings at or above --fail-on, 3 ran, with coverage gaps.

With --no-store it needs no database: it scans what the SDK's own environment leads to. Of AWS (the default) that is one
account (AWS_PROFILE, AWS_ENDPOINT_URL, …), of Azure the only subscription or those named, of Google Cloud the project of
the credentials or those named. Services that belong to no region, such as IAM, are read whatever --region says.`;

export const command = () =>
  new Command("scan")
    .description("scan cloud accounts, and print every verdict")
    .option(
      "--cloud <name>",
      "a cloud to scan (repeatable; default: all, with --no-store aws)",
      cloudNames,
      [],
    )
    .option("--region <name>", "a region to scan (repeatable; default: all that are enabled)", repeatable, [])
    .option("--service <name>", "a service to scan (repeatable; default: all)", repeatable, [])
    .option("--check <id>", "a check to run (repeatable; default: all)", repeatable, [])
    .option("--profile <name>", "with --no-store: an AWS profile to scan (repeatable)", repeatable, [])
    .option(
      "--subscription <id>",
      "with --no-store: an Azure subscription to scan (repeatable)",
      repeatable,
      [],
    )
    .option(
      "--tenant <id>",
      "with --no-store: a Microsoft Entra directory to scan (repeatable)",
      repeatable,
      [],
    )
    .option("--project <id>", "with --no-store: a Google Cloud project to scan (repeatable)", repeatable, [])
    .option("--account <id>", "a connected account to scan (repeatable; default: all)", repeatable, [])
    .option("--format <name>", "json or table", oneOf(["json", "table"]), "table")
    .option(
      "--fail-on <severity>",
      "the severity from which a finding makes the exit code 2, or none",
      oneOf([...severities, "none"]),
      "info",
    )
    .option("--no-store", "scan from this process and keep nothing")
    .option("--organisation <name>", "the organisation, when there are several")
    .addHelpText("after", epilogue)
    .action(async (options: Options) => {
      validate(options);
      const report = await interruptible((signal) => run(options, signal));
      if (options.format === "json") await writeJson(process.stdout, report);
      else writeTable(process.stdout, report);
      if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
      process.exitCode = exitCodeOf(report, options.failOn);
    });

function cloudNames(value: string, previous: Cloud[]): Cloud[] {
  const names = repeatable(value, previous);
  refuseUnknown("cloud", names, clouds);
  return clouds.filter((cloud) => names.includes(cloud));
}

/** Which clouds a scan without a store reads: those asked for, or those that something is named of. */
function cloudsOf({ cloud, profile, subscription, tenant, project }: Options): readonly Cloud[] {
  if (cloud.length > 0) return cloud;
  const named: Cloud[] = [
    ...(profile.length > 0 ? (["aws"] as const) : []),
    ...(subscription.length + tenant.length > 0 ? (["azure"] as const) : []),
    ...(project.length > 0 ? (["gcp"] as const) : []),
  ];
  return named.length > 0 ? named : ["aws"];
}

function validate(options: Options): void {
  const scanned = options.store ? (options.cloud.length > 0 ? options.cloud : clouds) : cloudsOf(options);
  refuseUnknown(
    "service",
    options.service,
    [...new Set(scanned.flatMap((cloud) => servicesOf(cloud)))].sort(),
  );
  refuseUnknown(
    "check",
    options.check,
    catalogue.map((check) => check.id),
  );
  if (!options.store && options.region.length > 0 && scanned.some((cloud) => cloud !== "aws")) {
    throw new DomainError(
      "invalid_input",
      "--region goes with aws alone: Azure and Google Cloud are read for all regions at once.",
    );
  }
}

async function run(options: Options, signal: AbortSignal): Promise<ScanReport> {
  const progress = new Progress(process.stderr);
  const wish = { regions: options.region, services: options.service, checks: options.check };
  try {
    if (options.store) {
      const stored = {
        ...wish,
        clouds: options.cloud,
        accounts: options.account,
        organisation: options.organisation,
      };
      return await scanStored(stored, signal, (step) => progress.show(step));
    }
    const { profile: profiles, subscription: subscriptions, tenant: tenants, project: projects } = options;
    const named = { clouds: cloudsOf(options), profiles, subscriptions, tenants, projects };
    return await scanWithoutStore({ ...wish, accounts: ambientAccounts(named) }, signal, (step) =>
      progress.show(step),
    );
  } finally {
    progress.end();
  }
}

/** Ctrl-C aborts what is under way; a second one ends the process at once. */
async function interruptible<T>(perform: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  try {
    return await perform(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    process.stderr.write("Interrupted; nothing was reported.\n");
    process.exit(exitCodes.couldNotRun);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
