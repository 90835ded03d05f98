import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "./env.ts";
import { makePrivateFolder, writePrivateFile } from "./private-file.ts";
import { StartError } from "./start-error.ts";

/**
 * AUTH_SECRET. In sandbox mode one is made up at the first call and kept in the data directory (mode 0600); outside it a
 * missing one is a StartError, because every replica needs the same.
 */
export function authSecret(): string {
  const { authSecret: given, sandbox, dataDir } = env();
  if (given) return given;
  if (!sandbox) {
    throw new StartError(
      "AUTH_SECRET is missing: outside the sandbox it must be set, to 32 characters or more that nobody can guess (openssl rand -base64 32).",
    );
  }
  const file = join(dataDir, "auth-secret");
  if (!existsSync(file)) {
    makePrivateFolder(dataDir);
    writePrivateFile(file, `${randomBytes(32).toString("base64url")}\n`);
  }
  return readFileSync(file, "utf8").trim();
}
