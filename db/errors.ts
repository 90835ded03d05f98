import postgres from "postgres";
import { StartError } from "#lib/start-error.ts";

/**
 * Why a database can't be used, as one line without user name or password; `null` when the error is none of the
 * connection's, which makes it a bug or another's to explain.
 */
export function explainDatabaseError(error: unknown, url: string): StartError | null {
  if (error instanceof StartError) return error;
  const root = rootCause(error);
  const where = placeOf(url);
  const why = root && "code" in root ? reasons[String(root.code)] : undefined;
  if (!why) return null;
  return new StartError(`${why(where)} Check DATABASE_URL.`, { cause: error });
}

type Place = { server: string; database: string };

const reasons: Record<string, (at: Place) => string> = {
  ECONNREFUSED: ({ server }) => `No PostgreSQL answers at ${server}.`,
  ENOTFOUND: ({ server }) => `The host of the database, ${server}, is not known.`,
  EAI_AGAIN: ({ server }) => `The host of the database, ${server}, can't be looked up.`,
  ETIMEDOUT: ({ server }) => `The database at ${server} did not answer in time.`,
  EHOSTUNREACH: ({ server }) => `The database at ${server} can't be reached.`,
  ENETUNREACH: ({ server }) => `The database at ${server} can't be reached.`,
  ECONNRESET: ({ server }) => `${server} closed the connection; it may not be a PostgreSQL.`,
  CONNECTION_CLOSED: ({ server }) => `${server} closed the connection; it may not be a PostgreSQL.`,
  CONNECT_TIMEOUT: ({ server }) => `The database at ${server} did not answer within 10 seconds.`,
  "28P01": ({ server }) => `The database at ${server} refused the user or password.`,
  "28000": ({ server }) => `The database at ${server} does not let this user in from here.`,
  "3D000": ({ server, database }) => `There is no database ${database} at ${server}.`,
  "42501": ({ server, database }) => `The user may not create tables in ${database} at ${server}.`,
  "53300": ({ server }) => `The database at ${server} has no connection left.`,
};

function placeOf(url: string): Place {
  const { host, pathname } = new URL(url);
  return { server: host || "localhost", database: decodeURIComponent(pathname.slice(1)) || "postgres" };
}

/** Drizzle wraps the driver's error in one that quotes the statement and its values. */
function rootCause(error: unknown): Error | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof postgres.PostgresError) return error;
  return error.cause instanceof Error ? rootCause(error.cause) : error;
}
