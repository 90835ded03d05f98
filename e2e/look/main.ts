import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { nextBinary } from "#cli/start/build.ts";
import { openDatabase } from "#db/client.ts";
import { createOrganisation, createUser } from "#db/factories.ts";
import { roles } from "#db/identity/roles.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { startTestProvider } from "#lib/auth/oidc/test-provider.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { Scope } from "#lib/auth/scope.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { createPersonas } from "#lib/setup/create-personas.ts";
import { seedOrganisation } from "./seed.ts";

/*
 * Pages to look at, without a cloud: an embedded database with so many made-up findings, and `next dev` on it.
 *
 *   npm run look -- --findings 50000 --port 3100 --data-dir /tmp/look
 *
 * With --own it is an installation of one's own: people sign in by password (admin@example.test, the same for every other
 * role) or through an OpenID Connect provider that lets in whoever it is told of. With --empty nothing is connected.
 */
const { values } = parseArgs({
  options: {
    findings: { type: "string", default: "120" },
    running: { type: "boolean", default: false },
    port: { type: "string", default: "3100" },
    "data-dir": { type: "string", default: ".data/look" },
    own: { type: "boolean", default: false },
    empty: { type: "boolean", default: false },
  },
});

// Keys and archives of the trail are the same for whatever is started on this folder.
process.env.PARAPET_DATA_DIR = resolve(values["data-dir"]);
const postgres = await startPostgres({ dataDir: values["data-dir"], durable: false });
await migrateDatabase(postgres.ownerUrl, { appUrl: postgres.url });
const { db, sql, close } = openDatabase(postgres.ownerUrl);
const [found] = await sql`select from organisations`;
const password = "look around, touch nothing";
if (!found) {
  const { id } = await createOrganisation(db, { name: "Acme", sandbox: !values.own });
  if (values.own) {
    const passwordHash = await hashPassword(password);
    for (const role of roles) {
      const name = `${role.charAt(0).toUpperCase()}${role.slice(1)} of Acme`;
      await createUser(db, { organisationId: id, role, name, email: `${role}@example.test`, passwordHash });
    }
  } else {
    await createPersonas(db, Scope.ofSystem(id, "setup"));
  }
  if (!values.empty)
    await seedOrganisation(db, id, { findings: Number(values.findings), running: values.running });
}
await close();

// A provider on this machine has to be called localhost, and cookies of the two are told apart by their paths alone.
const origin = `http://${values.own ? "localhost" : "127.0.0.1"}:${values.port}`;
const own = values.own ? await provideOwnSignIn() : {};
// By itself, not through npx, which would not pass a signal on to it.
const next = spawn(
  process.execPath,
  [nextBinary("."), "dev", "--hostname", "127.0.0.1", "--port", values.port],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      DATABASE_URL: postgres.url,
      PORT: values.port,
      AUTH_URL: origin,
      AUTH_SECRET: randomBytes(32).toString("hex"),
      PARAPET_SANDBOX: "on",
      NEXT_TELEMETRY_DISABLED: "1",
      ...own,
    },
  },
);
process.once("SIGINT", () => next.kill("SIGINT"));
process.once("SIGTERM", () => next.kill("SIGTERM"));
await once(next, "exit");
await postgres.stop();
process.exit(0);

/** A provider with three people, and the variables that lead to it. */
async function provideOwnSignIn(): Promise<Record<string, string>> {
  const provider = await startTestProvider({ redirectUri: `${origin}/api/auth/callback/oidc` });
  const person = (name: string, groups: string[]) => ({
    email: `${name.toLowerCase()}@corp.example`,
    email_verified: true,
    name: `${name} Lindqvist`,
    groups,
  });
  provider.people.set("root", person("Root", ["admins"]));
  provider.people.set("ana", person("Ana", ["sec"]));
  provider.people.set("guest", person("Guest", ["others"]));
  process.stdout.write(`admin@example.test and the like: "${password}"; at the provider: root, ana, guest\n`);
  return {
    PARAPET_SANDBOX: "off",
    PARAPET_OIDC_ISSUER: provider.issuer,
    PARAPET_OIDC_CLIENT_ID: provider.clientId,
    PARAPET_OIDC_CLIENT_SECRET: provider.clientSecret,
    PARAPET_OIDC_SCOPES: "openid email profile groups",
    PARAPET_OIDC_ROLES: "admins=admin,sec=analyst",
    PARAPET_OIDC_NAME: "Acme login",
  };
}
