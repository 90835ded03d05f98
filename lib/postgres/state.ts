import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { makePrivateFolder, writePrivateFile } from "#lib/private-file.ts";
import { StartError } from "#lib/start-error.ts";

const stateSchema = z.object({
  /** Who owns the database, and its password. */
  user: z.string(),
  password: z.string(),
  /** Whom web and worker work as, who may not change what stands in the audit trail; installations once had none. */
  app: z.object({ user: z.string(), password: z.string() }).optional(),
  /** The port it last listened on, on 127.0.0.1. */
  port: z.number().int(),
  /** The folder that holds the data, when it is not `<data dir>/postgres`. */
  folder: z.string().optional(),
});

/** What is remembered about the embedded PostgreSQL, in `<data dir>/postgres.json` (mode 0600). */
export type PostgresState = z.infer<typeof stateSchema>;

export type DatabaseUser = { user: string; password: string };

const database = "parapet";

export function readState(dataDir: string): PostgresState | null {
  const file = stateFile(dataDir);
  if (!existsSync(file)) return null;
  const parsed = stateSchema.safeParse(parseJson(readFileSync(file, "utf8")));
  if (!parsed.success) {
    throw new StartError(
      `${file} can't be read: it holds the embedded database's password; restore it from a backup.`,
    );
  }
  return parsed.data;
}

export function writeState(dataDir: string, state: PostgresState): void {
  makePrivateFolder(dataDir);
  writePrivateFile(stateFile(dataDir), `${JSON.stringify(state, null, 2)}\n`);
}

export async function newState(): Promise<PostgresState> {
  return { user: "parapet", password: newPassword(), app: newAppUser(), port: await findFreePort() };
}

/** A user for web and worker, for a database that has none yet. */
export const newAppUser = (): DatabaseUser => ({ user: "parapet_app", password: newPassword() });

const newPassword = () => randomBytes(24).toString("base64url");

/** The URL of the product's own database, or of the one named, as its owner. */
export function ownerUrlOf(state: PostgresState, name = database): string {
  return `postgres://${state.user}:${state.password}@127.0.0.1:${state.port}/${name}`;
}

/** The URL that web and worker use. */
export function urlOf(state: PostgresState): string {
  return ownerUrlOf({ ...state, ...state.app });
}

/** Where the embedded PostgreSQL of that data directory listens when it runs; `null` before the first start. */
export function embeddedUrl(dataDir: string): string | null {
  const state = readState(dataDir);
  return state && urlOf(state);
}

/** `preferred` if nothing listens on it at 127.0.0.1, else a free port; none of those `spoken` for. */
export async function findFreePort(preferred?: number, spoken: readonly number[] = []): Promise<number> {
  if (preferred && !spoken.includes(preferred) && (await isFree(preferred))) return preferred;
  const port = await new Promise<number>((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
  return spoken.includes(port) ? findFreePort(undefined, spoken) : port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

const stateFile = (dataDir: string) => join(dataDir, "postgres.json");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
