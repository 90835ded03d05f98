import { Command } from "commander";
import { permissionsOf } from "#lib/inventory/registry.ts";
import { oneOf } from "../options.ts";

export const command = () =>
  new Command("permissions")
    .description("print the permissions that scanning needs, least privilege, as the collectors declare them")
    .option("--cloud <name>", "the cloud", oneOf(["aws"]), "aws")
    .option(
      "--format <name>",
      "list, or policy for an IAM policy document",
      oneOf(["list", "policy"]),
      "list",
    )
    .action((options: { cloud: "aws"; format: "list" | "policy" }) => {
      const actions = permissionsOf(options.cloud);
      const policy = {
        Version: "2012-10-17",
        Statement: [{ Sid: "ParapetScan", Effect: "Allow", Action: actions, Resource: "*" }],
      };
      process.stdout.write(
        options.format === "list" ? `${actions.join("\n")}\n` : `${JSON.stringify(policy, null, 2)}\n`,
      );
    });
