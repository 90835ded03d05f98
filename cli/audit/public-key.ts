import { Command } from "commander";
import { writeJson } from "../table.ts";

type Options = { json?: boolean };

const epilogue = `
Keep it somewhere other than Parapet's machine: with it alone anybody can verify what was exported or archived. After a
rotation there are several; the first signs, the others signed what is older.`;

export const publicKeyCommand = (): Command =>
  new Command("public-key")
    .description("print the trail's public keys, as C2SP verifier keys")
    .option("--json", "print JSON")
    .addHelpText("after", epilogue)
    .action(async ({ json }: Options) => {
      const { ownPublicKeys } = await import("./own-trail.ts");
      const keys = await ownPublicKeys();
      if (json) writeJson(keys);
      else for (const { verifierKey } of keys) process.stdout.write(`${verifierKey}\n`);
    });
