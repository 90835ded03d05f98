import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Env } from "#lib/env.ts";
import { findBinaries } from "#lib/postgres/binaries.ts";
import { chooseRunAs } from "#lib/postgres/run-as.ts";
import { StartError } from "#lib/start-error.ts";
import type { Finding } from "./diagnose.ts";

const leastFreeBytes = 2_000_000_000;

export function checkNode(): Finding {
  const isNew = Number.parseInt(process.versions.node, 10) >= 24;
  return {
    name: "Node.js",
    status: isNew ? "good" : "bad",
    detail: process.versions.node,
    ...(isNew ? {} : { advice: "Run `npm ci`, which brings Node.js 24 along." }),
  };
}

/** Node.js itself got here, so what an install script may be missing for is PostgreSQL. */
export function checkInstallScripts(): Finding {
  try {
    return {
      name: "Install scripts",
      status: "good",
      detail: `PostgreSQL ${findBinaries().version} is complete`,
    };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { name: "Install scripts", status: "bad", detail: error.message, advice: "Run `npm ci` again." };
  }
}

export function checkUserNamespaces(): Finding {
  const name = "PostgreSQL's user";
  const runAs = chooseRunAs();
  if (runAs.mode === "self") return { name, status: "good", detail: "the user who starts it" };
  if (runAs.mode === "namespace") return { name, status: "good", detail: "root, inside a user namespace" };
  return {
    name,
    status: "good",
    detail: `user ${runAs.uid}, because user namespaces are off and PostgreSQL refuses root`,
  };
}

export function checkDataDir({ dataDir }: Env): Finding {
  const name = "Data directory";
  try {
    accessSync(existingPart(dataDir), constants.W_OK | constants.X_OK);
    return { name, status: "good", detail: dataDir };
  } catch {
    const advice = "Make it writable for this user, or set PARAPET_DATA_DIR.";
    return { name, status: "bad", detail: `${dataDir} is not writable`, advice };
  }
}

export function checkDiskSpace({ dataDir }: Env): Finding {
  const { bavail, bsize } = statfsSync(existingPart(dataDir));
  const free = bavail * bsize;
  const isEnough = free >= leastFreeBytes;
  return {
    name: "Disk space",
    status: isEnough ? "good" : "bad",
    detail: `${(free / 1e9).toFixed(1)} GB free for the data directory`,
    ...(isEnough ? {} : { advice: "Free at least 2 GB, or set PARAPET_DATA_DIR to a larger disk." }),
  };
}

/** The folder itself, or the nearest above it that exists. */
function existingPart(path: string): string {
  return existsSync(path) ? path : existingPart(dirname(path));
}
