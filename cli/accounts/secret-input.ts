import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { pickEnvironment } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";

export type SecretOptions = {
  clientSecretFile?: string;
  clientSecretEnv?: string;
  certificateFile?: string;
};

/** Options by which secrets come in: never as words of the command line, which other users of the machine can read. */
export const withSecretOptions = (command: Command): Command =>
  command
    .option("--client-secret-file <file>", "Azure: a file that holds the client secret; - for standard input")
    .option("--client-secret-env <name>", "Azure: the environment variable that holds the client secret")
    .option(
      "--certificate-file <file>",
      "Azure: a PEM file with the certificate and its private key; - for standard input",
    );

/** The secrets that were given, by name; a line end after one is not part of it. */
export async function readSecrets(options: SecretOptions): Promise<Record<string, string>> {
  const { clientSecretFile, clientSecretEnv, certificateFile } = options;
  if (clientSecretFile !== undefined && clientSecretEnv !== undefined) {
    throw new DomainError("invalid_input", "Give --client-secret-file or --client-secret-env, not both.");
  }
  const clientSecret =
    clientSecretFile === undefined ? fromEnvironment(clientSecretEnv) : await readText(clientSecretFile);
  const certificate = certificateFile === undefined ? undefined : await readText(certificateFile);
  return {
    ...(clientSecret === undefined ? {} : { clientSecret: clientSecret.replace(/\r?\n$/, "") }),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

function fromEnvironment(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = pickEnvironment(name)[name];
  if (!value) throw new DomainError("invalid_input", `The environment variable ${name} is not set.`);
  return value;
}

async function readText(file: string): Promise<string> {
  const content = file === "-" ? await text(process.stdin) : readOrExplain(file);
  if (content.trim() === "") {
    throw new DomainError("invalid_input", `${file === "-" ? "Standard input" : file} is empty.`);
  }
  return content;
}

/** The text of a file that an option names. Throws a DomainError that says why not. */
export function readOrExplain(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new DomainError("invalid_input", `${file} can't be read: ${String(code)}.`, { cause: error });
  }
}
