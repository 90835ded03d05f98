import { execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { pickEnvironment } from "#lib/env.ts";
import { makePrivateFolder } from "#lib/private-file.ts";
import { StartError } from "#lib/start-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { commandAs, giveFolder, ownerFor, type RunAs } from "./run-as.ts";
import type { PostgresState } from "./state.ts";

/** What PostgreSQL inherits: no secret of ours, and a locale that exists everywhere. */
export const postgresEnvironment = (): NodeJS.ProcessEnv => ({
  ...pickEnvironment("PATH", "SystemRoot", "TEMP", "TMP"),
  LC_ALL: "C",
  TZ: "UTC",
});

/** Makes the data folder unless it exists, and checks that it fits these binaries and this user. */
export async function initialise(
  folder: string,
  state: PostgresState,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) {
    checkOwner(folder, runAs);
    checkVersion(folder, binaries);
    // A copy restored from a backup may be open to others, which PostgreSQL refuses.
    chmodSync(folder, 0o700);
    return;
  }
  // initdb works in a folder of its own, so that one cut short is never taken for a database.
  const half = `${folder}.new`;
  const passwordFile = join(half, "password");
  const cluster = join(half, "cluster");
  const owner = ownerFor(runAs);
  rmSync(half, { recursive: true, force: true });
  makePrivateFolder(half);
  writeFileSync(passwordFile, state.password, { mode: 0o600 });
  if (owner) for (const path of [passwordFile, half]) chownSync(path, owner.uid, owner.gid);
  await runInitdb(cluster, passwordFile, state.user, binaries, runAs);
  rmSync(folder, { recursive: true, force: true });
  renameSync(cluster, folder);
  rmSync(half, { recursive: true });
}

async function runInitdb(
  cluster: string,
  passwordFile: string,
  user: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<void> {
  const command = commandAs(runAs, binaries.initdb, [
    `--pgdata=${cluster}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Sorts alike on every platform, whatever locales it has.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ]);
  try {
    await promisify(execFile)(command.file, command.args, {
      ...command.options,
      cwd: dirname(cluster),
      env: postgresEnvironment(),
    });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new StartError(`PostgreSQL could not make its data folder: ${lastLine(said)}`, { cause: error });
  }
}

function checkVersion(folder: string, binaries: PostgresBinaries): void {
  const found = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (found === String(binaries.major)) return;
  throw new StartError(
    `${folder} was made by PostgreSQL ${found} and this version brings PostgreSQL ${binaries.major}: ` +
      "restore a dump of it into a new data folder, or set DATABASE_URL to a server of your own.",
  );
}

function checkOwner(folder: string, runAs: RunAs): void {
  const owner = ownerFor(runAs);
  if (owner) {
    giveFolder(folder, owner);
    return;
  }
  const uid = process.getuid?.();
  if (uid === undefined || statSync(folder).uid === uid) return;
  throw new StartError(
    `${folder} belongs to another user: start as that user, or set PARAPET_DATA_DIR to a folder of your own.`,
  );
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
