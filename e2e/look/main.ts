import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { openDatabase } from "#db/client.ts";
import { createOrganisation } from "#db/factories.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { Scope } from "#lib/auth/scope.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { createPersonas } from "#lib/setup/create-personas.ts";
import { seedOrganisation } from "./seed.ts";

/*
 * Pages to look at, without a cloud: an embedded database with so many made-up findings, and `next dev` on it.
 *
 *   npm run look -- --findings 50000 --port 3100 --data-dir /tmp/look
 */
const { values } = parseArgs({
  options: {
    findings: { type: "string", default: "120" },
    running: { type: "boolean", default: false },
    port: { type: "string", default: "3100" },
    "data-dir": { type: "string", default: ".data/look" },
  },
});

const postgres = await startPostgres({ dataDir: values["data-dir"], durable: false });
await migrateDatabase(postgres.url);
const { db, sql, close } = openDatabase(postgres.url);
const [found] = await sql`select from organisations`;
if (!found) {
  const { id } = await createOrganisation(db, { name: "Acme", sandbox: true });
  await createPersonas(db, Scope.ofSystem(id, "setup"));
  await seedOrganisation(db, id, { findings: Number(values.findings), running: values.running });
}
await close();

const origin = `http://127.0.0.1:${values.port}`;
const next = spawn("npx", ["next", "dev", "--hostname", "127.0.0.1", "--port", values.port], {
  stdio: "inherit",
  env: {
    ...process.env,
    DATABASE_URL: postgres.url,
    PORT: values.port,
    AUTH_URL: origin,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    PARAPET_SANDBOX: "on",
    NEXT_TELEMETRY_DISABLED: "1",
  },
});
process.once("SIGINT", () => next.kill("SIGINT"));
process.once("SIGTERM", () => next.kill("SIGTERM"));
await once(next, "exit");
await postgres.stop();
