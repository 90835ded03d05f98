import { Command } from "commander";
import { openDatabase } from "#db/client.ts";
import { explainDatabaseError } from "#db/errors.ts";
import { databaseUrl } from "#lib/env.ts";
import { rotateSecrets } from "#lib/secrets/rotate.ts";

const epilogue = `
To change the key: put a new one in front of PARAPET_SECRET_KEYS (${"`"}id:$(openssl rand -base64 32)${"`"}) and start every process
again; run this; take the old key out. It may be interrupted and run again.

Exit codes: 0 everything is sealed under the first key, 1 could not run, 2 some secrets are not: no key of the
list opens them, or they were in use.`;

export const command = () =>
  new Command("secrets").description("look after stored secrets").addCommand(
    new Command("rotate")
      .description("seal every stored secret under the first key of PARAPET_SECRET_KEYS")
      .option("--json", "print the result as JSON")
      .addHelpText("after", epilogue)
      .action(async ({ json }: { json?: boolean }) => {
        const url = databaseUrl();
        const { db, close } = openDatabase(url, { max: 2, applicationName: "parapet-cli" });
        try {
          const rotation = await rotateSecrets(db);
          process.stdout.write(json ? `${JSON.stringify(rotation, null, 2)}\n` : summarise(rotation));
          if (rotation.unreadable.length + rotation.left > 0) process.exitCode = 2;
        } catch (error) {
          throw explainDatabaseError(error, url) ?? error;
        } finally {
          await close();
        }
      }),
  );

function summarise({ keyId, resealed, unreadable, left }: Awaited<ReturnType<typeof rotateSecrets>>): string {
  const lines = [`Sealed ${resealed} ${resealed === 1 ? "secret" : "secrets"} anew under key ${keyId}.`];
  for (const { owner, name, keyId: lost } of unreadable) {
    lines.push(
      `✗ The ${name} of ${owner.kind} ${owner.id} was sealed with key ${lost} and can't be opened: enter it again.`,
    );
  }
  if (left > 0) {
    lines.push(
      `✗ ${left} more ${left === 1 ? "is" : "are"} under an older key, stored or in use meanwhile: see that every process has the new list, and run this again before you take a key out.`,
    );
  }
  return `${lines.join("\n")}\n`;
}
