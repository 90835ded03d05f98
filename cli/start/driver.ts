import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { StartError } from "#lib/start-error.ts";

/** Repairs the PostgreSQL driver if npm, told to run no scripts, has not; otherwise it changes nothing. */
export async function repairDriver(root: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [join(root, "db", "repair-driver.mjs")]);
  } catch (error) {
    throw new StartError(
      "The PostgreSQL driver in node_modules is not the one that this version needs: run `npm ci` as the owner of the folder, with install scripts allowed.",
      { cause: error },
    );
  }
}
